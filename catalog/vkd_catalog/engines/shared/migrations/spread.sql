-- Sentences on several servers: those of one product on one, placed by the hash that PostgreSQL itself prunes by. The
-- tables of the others are made by `node`; here stand their names.
DROP VIEW public_sentence;
DROP TABLE sentence;
CREATE TABLE sentence (
    product bigint NOT NULL, workspace integer NOT NULL, line integer NOT NULL, object_type integer NOT NULL,
    name integer NOT NULL, characteristic integer NOT NULL, start integer NOT NULL, stop integer NOT NULL,
    fixed boolean NOT NULL, step text COLLATE "C" NOT NULL
) PARTITION BY HASH (product);
ALTER TABLE sentence ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON sentence FOR SELECT USING (true);
CREATE POLICY writing ON sentence USING (workspace IN (SELECT workspace FROM writable));
UPDATE register SET is_spread = true;
