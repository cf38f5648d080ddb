-- What each role may do; said again by every `prepare`, so that new tables are in it. The names stand for those of the
-- schema and of its roles.
GRANT USAGE ON SCHEMA {schema} TO {reader}, {writer}, {public};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}, {writer};
GRANT INSERT, DELETE ON file, product, missed, sentence TO {writer};
GRANT UPDATE (signature) ON file TO {writer};
GRANT INSERT ON coding, term TO {writer};
REVOKE EXECUTE ON FUNCTION next_revision(), settle(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_revision(), settle(text[]) TO {writer};
GRANT SELECT ON public_product, public_sentence TO {public};
