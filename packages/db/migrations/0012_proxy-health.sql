CREATE TABLE "proxy_health" (
	"worker_id" uuid NOT NULL,
	"proxy_id" uuid NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"problem" text,
	"connections" integer NOT NULL,
	"requests" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"failures_by_kind" jsonb NOT NULL,
	"ejections" integer NOT NULL,
	"p50_ms" real,
	"p95_ms" real,
	"requests_per_second" real DEFAULT 0 NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"reported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proxy_health_worker_id_proxy_id_pk" PRIMARY KEY("worker_id","proxy_id")
);
