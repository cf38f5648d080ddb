-- The part of the sentences that lies on one of several servers; it is called by that, so that what a server says names it.
CREATE TABLE {table} (
    product bigint NOT NULL, workspace integer NOT NULL, line integer NOT NULL, object_type integer NOT NULL,
    name integer NOT NULL, characteristic integer NOT NULL, start integer NOT NULL, stop integer NOT NULL,
    fixed boolean NOT NULL, step text COLLATE "C" NOT NULL, PRIMARY KEY (product, line)
);
CREATE INDEX sentence_by_characteristic ON {table} (characteristic, name, object_type, start, stop, fixed)
    INCLUDE (step, product, line);
CREATE INDEX sentence_by_name ON {table} (name, characteristic, object_type, start, stop, fixed)
    INCLUDE (step, product, line);
