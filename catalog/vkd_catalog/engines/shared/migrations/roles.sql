-- What each role may do; said again by every `prepare`, so that new tables are in it. The names stand for those of the
-- schema and of its roles.
CREATE OR REPLACE VIEW public_sentence AS
SELECT sentence.product, line, of_object.code AS object_type, of_name.code AS name, of_characteristic.code AS characteristic,
    start, stop, fixed, step
FROM sentence
    JOIN term AS of_object ON of_object.number = object_type
    JOIN term AS of_name ON of_name.number = sentence.name
    JOIN term AS of_characteristic ON of_characteristic.number = characteristic
WHERE sentence.product IN (SELECT public_product.product FROM public_product);

GRANT USAGE ON SCHEMA {schema} TO {reader}, {writer}, {public};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}, {writer};
GRANT INSERT, DELETE ON file, product, missed, sentence TO {writer};
GRANT UPDATE (signature) ON file TO {writer};
GRANT INSERT ON coding, term, swept_later TO {writer};
REVOKE EXECUTE ON FUNCTION next_revision(), settle(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_revision(), settle(text[]) TO {writer};
GRANT SELECT ON public_product, public_sentence TO {public};
