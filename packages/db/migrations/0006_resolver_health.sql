CREATE TABLE "resolver_health" (
	"worker_id" uuid NOT NULL,
	"transport" text NOT NULL,
	"resolver" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"problem" text,
	"queries" bigint NOT NULL,
	"replies" bigint NOT NULL,
	"timeouts" bigint NOT NULL,
	"lost" bigint NOT NULL,
	"ejections" integer NOT NULL,
	"rcodes" jsonb NOT NULL,
	"p50_ms" real,
	"p95_ms" real,
	"queries_per_second" real DEFAULT 0 NOT NULL,
	"reported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resolver_health_worker_id_transport_resolver_pk" PRIMARY KEY("worker_id","transport","resolver")
);
