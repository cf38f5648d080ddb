-- The tables of a shared register. Texts are compared as Python compares them, whatever the database's language.

-- What every answer is an answer from: each change of what can be found counts it up. `is_spread` says that sentences
-- lie on other servers (spread.sql).
CREATE TABLE register (revision bigint NOT NULL, written timestamptz NOT NULL, is_spread boolean NOT NULL DEFAULT false);
INSERT INTO register VALUES (0, now());

-- What products were coded by: a hash of the vocabularies, and of the code that makes sentences. Only what was coded
-- alike is compared.
CREATE TABLE coding (number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text COLLATE "C" NOT NULL UNIQUE);

-- Whose files are registered. Of several products with one identification, that of the workspace that joined first is
-- found.
CREATE TABLE workspace (number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);

-- Which roles may register files of which workspaces. The schema's owner may for all.
CREATE TABLE writer (
    role name NOT NULL, workspace integer NOT NULL REFERENCES workspace ON DELETE CASCADE, PRIMARY KEY (role, workspace)
);

CREATE TABLE file (
    workspace integer NOT NULL REFERENCES workspace, path text COLLATE "C" NOT NULL, coding integer NOT NULL REFERENCES coding,
    signature text NOT NULL, digest text NOT NULL, products integer NOT NULL, sentences integer NOT NULL,
    content bigint NOT NULL, PRIMARY KEY (workspace, path)
);

-- `shelf` of an `edition` is the folded name of its collection, that of another product its own. `visible` is of the first of its name: two of one coding are never found by one identification.
CREATE TABLE product (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, workspace integer NOT NULL REFERENCES workspace,
    coding integer NOT NULL REFERENCES coding, path text COLLATE "C" NOT NULL, row integer NOT NULL,
    identification text COLLATE "C" NOT NULL, folded text COLLATE "C" NOT NULL, technical json NOT NULL,
    unit_id text COLLATE "C" NOT NULL, sensitive text NOT NULL, collection text COLLATE "C" NOT NULL,
    latest integer NOT NULL, sentences integer NOT NULL, edition boolean NOT NULL, shelf text COLLATE "C" NOT NULL,
    visible boolean NOT NULL DEFAULT false
);
CREATE INDEX product_by_path ON product (workspace, path);
CREATE INDEX product_by_name ON product (folded, coding);
CREATE INDEX product_by_shelf ON product (coding, edition, shelf, folded);
CREATE UNIQUE INDEX product_found ON product (coding, folded) INCLUDE (number) WHERE visible;
CREATE INDEX product_hidden ON product (coding) INCLUDE (number) WHERE NOT visible;

CREATE TABLE missed (
    workspace integer NOT NULL REFERENCES workspace, coding integer NOT NULL REFERENCES coding,
    path text COLLATE "C" NOT NULL, identification text COLLATE "C" NOT NULL, sentences integer NOT NULL, reason text NOT NULL
);
CREATE INDEX missed_by_path ON missed (workspace, path);

-- The products whose sentences lie on other servers though they are there no longer. They are swept later, for who began
-- to read before sees another moment there than here.
CREATE TABLE swept_later (product bigint PRIMARY KEY, since timestamptz NOT NULL);

-- Codes by number, apart for each coding, so that a sentence's numbers say what it was coded by.
CREATE TABLE term (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, coding integer NOT NULL REFERENCES coding,
    code text COLLATE "C" NOT NULL, UNIQUE (coding, code) INCLUDE (number)
);

-- A sentence lies in its table by product, and in two indexes that hold all of it.
CREATE TABLE sentence (
    product bigint NOT NULL, workspace integer NOT NULL, line integer NOT NULL, object_type integer NOT NULL,
    name integer NOT NULL, characteristic integer NOT NULL, start integer NOT NULL, stop integer NOT NULL,
    fixed boolean NOT NULL, step text COLLATE "C" NOT NULL, PRIMARY KEY (product, line)
);
CREATE INDEX sentence_by_characteristic ON sentence (characteristic, name, object_type, start, stop, fixed)
    INCLUDE (step, product, line);
CREATE INDEX sentence_by_name ON sentence (name, characteristic, object_type, start, stop, fixed)
    INCLUDE (step, product, line);

-- The workspaces whose files whoever asks may register.
CREATE VIEW writable AS
SELECT workspace FROM writer JOIN pg_catalog.pg_roles ON rolname = role WHERE pg_has_role(pg_roles.oid, 'MEMBER');

CREATE FUNCTION may_write(name text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(nspowner, 'MEMBER') OR EXISTS (
        SELECT FROM workspace JOIN writable ON workspace.number = writable.workspace WHERE workspace.name = may_write.name)
    FROM pg_catalog.pg_namespace WHERE nspname = current_schema()
$$;

-- Counts the revision up and tells whoever listens. Writers come one after the other from here on, so that each sees all
-- that those before it have registered. Nobody has touched a row by then that others may touch: a change deletes its
-- old products after this, or two would wait for each other.
CREATE FUNCTION next_revision() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    reached bigint;
BEGIN
    UPDATE register SET revision = revision + 1, written = clock_timestamp() RETURNING revision INTO reached;
    PERFORM pg_notify(current_schema()::text, reached::text);
    RETURN reached;
END
$$;

-- The last thing that a change does: it decides which product is found by each of some names. It is the owner's, for
-- that may be another workspace's from now on.
CREATE FUNCTION settle(names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM register FOR UPDATE;
    UPDATE product SET visible = false FROM (
        SELECT number, row_number() OVER (PARTITION BY coding, folded ORDER BY workspace, path, row) AS place
        FROM product WHERE folded = ANY(names)
    ) AS ranked WHERE ranked.number = product.number AND place > 1 AND visible;
    UPDATE product SET visible = true FROM (
        SELECT number, row_number() OVER (PARTITION BY coding, folded ORDER BY workspace, path, row) AS place
        FROM product WHERE folded = ANY(names)
    ) AS ranked WHERE ranked.number = product.number AND place = 1 AND NOT visible;
END
$$;

-- A writer registers and forgets files of its own workspaces alone; everybody who may read reads all.
ALTER TABLE file ENABLE ROW LEVEL SECURITY;
ALTER TABLE product ENABLE ROW LEVEL SECURITY;
ALTER TABLE missed ENABLE ROW LEVEL SECURITY;
ALTER TABLE sentence ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON file FOR SELECT USING (true);
CREATE POLICY reading ON product FOR SELECT USING (true);
CREATE POLICY reading ON missed FOR SELECT USING (true);
CREATE POLICY reading ON sentence FOR SELECT USING (true);
CREATE POLICY writing ON file USING (workspace IN (SELECT workspace FROM writable));
CREATE POLICY writing ON product USING (workspace IN (SELECT workspace FROM writable));
CREATE POLICY writing ON missed USING (workspace IN (SELECT workspace FROM writable));
CREATE POLICY writing ON sentence USING (workspace IN (SELECT workspace FROM writable));

-- What anybody may be told: no files, no workspaces, no addresses and no pseudonym series.
CREATE VIEW public_product AS
SELECT product.number AS product, coding.key AS coding, identification, sensitive, (
        SELECT coalesce(json_object_agg(key, value), '{}') FROM json_each_text(technical)
        WHERE key NOT IN ('data', 'doc', 'series')
    ) AS technical
FROM product JOIN coding ON coding.number = product.coding WHERE visible;
