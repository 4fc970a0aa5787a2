-- The name with its A-labels decoded (RFC 3492), each character beyond ASCII as its code point in hexadecimal in brackets:
-- what parts of names in Unicode are searched in. In ASCII, so that an index of trigrams serves it in any locale.
-- What is no Punycode stays as it is.
CREATE FUNCTION spelled_name(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  label text;
  result text[] := '{}';
  chars text[];
  code text;
  at int; i int; w int; k int; t int; digit int; old_i int; n int; bias int; delta int; length int; base int;
  is_valid boolean;
BEGIN
  FOREACH label IN ARRAY string_to_array(name, '.') LOOP
    IF left(label, 4) <> 'xn--' THEN
      result := result || label;
      CONTINUE;
    END IF;
    code := substr(label, 5);
    base := length(code) - strpos(reverse(code), '-') + 1;
    IF base > length(code) THEN
      chars := '{}';
      at := 1;
    ELSE
      chars := string_to_array(left(code, base - 1), NULL);
      at := base + 1;
    END IF;
    n := 128; i := 0; bias := 72; is_valid := at <= length(code);
    length := coalesce(array_length(chars, 1), 0);
    WHILE is_valid AND at <= length(code) LOOP
      old_i := i; w := 1; k := 36;
      LOOP
        digit := strpos('abcdefghijklmnopqrstuvwxyz0123456789', substr(code, at, 1)) - 1;
        IF digit < 0 OR at > length(code) OR i > 100000000 THEN is_valid := false; EXIT; END IF;
        at := at + 1;
        i := i + digit * w;
        t := CASE WHEN k <= bias THEN 1 WHEN k >= bias + 26 THEN 26 ELSE k - bias END;
        EXIT WHEN digit < t;
        w := w * (36 - t);
        IF w > 10000000 THEN is_valid := false; EXIT; END IF;
        k := k + 36;
      END LOOP;
      EXIT WHEN NOT is_valid;
      length := length + 1;
      delta := CASE WHEN old_i = 0 THEN i / 700 ELSE (i - old_i) / 2 END;
      delta := delta + delta / length;
      k := 0;
      WHILE delta > 455 LOOP delta := delta / 35; k := k + 36; END LOOP;
      bias := k + 36 * delta / (delta + 38);
      n := n + i / length;
      IF n > 1114111 THEN is_valid := false; EXIT; END IF;
      i := i % length;
      chars := chars[1:i] || ('(' || to_hex(n) || ')') || chars[i + 1:];
      i := i + 1;
    END LOOP;
    result := result || CASE WHEN is_valid THEN array_to_string(chars, '') ELSE label END;
  END LOOP;
  RETURN array_to_string(result, '.');
END $$;
--> statement-breakpoint
CREATE INDEX "domains_spelled" ON "domains" USING gin (spelled_name(name) gin_trgm_ops) WHERE name LIKE '%xn--%';--> statement-breakpoint
CREATE INDEX "lead_terms_spelled" ON "lead_terms" USING gin (spelled_name(domain) gin_trgm_ops) WHERE domain LIKE '%xn--%';