create table register (register_id integer primary key, provider_id integer, name text, purpose text, slug text);
create table register_variant (
  register_variant_id integer primary key, register_id integer, name text, description text, slug text
);
create table register_version (regver_id integer primary key, register_variant_id integer, registerversionnamn text);
create table population (regver_id integer, name text, definition text);
create table object_type (regver_id integer, name text, definition text);
create table variable (
  variable_id integer primary key, register_id integer, slug text, name text, definition text, description text,
  measurement_unit text, deprecated integer, is_sensitive integer, is_identifier integer
);
create table value_code (code_id integer primary key, code text, label text);
create table value_set_member (value_set_id integer, code_id integer);
create table variable_state (
  state_id integer primary key, variable_id integer, register_variant_id integer, valid_from text, valid_to text,
  delivery_column_name text, value_set_id integer
);
create table variable_alias (variable_id integer, register_variant_id integer, delivery_column_name text);
insert into register values (1, 1, 'LISA', 'Forskning', 'lisa'), (2, 1, 'Företagsregistret', '', 'ftg');
insert into register_variant values (10, 1, 'Individer', 'Alla från 16 år', 'individer'), (20, 2, 'Företag', '', 'foretag');
insert into register_version values (100, 10, '2020'), (101, 10, '2021'), (200, 20, '2021');
insert into population values (100, 'Hela befolkningen', ''), (101, 'Hela befolkningen', ''), (200, 'Alla företag', '');
insert into object_type values (100, 'Person', ''), (101, 'Person', ''), (200, 'Företag', '');
insert into variable values
  (1, 1, 'kon', 'Kön', 'Personens kön', '', '', 0, 0, 0),
  (2, 1, 'sjuk', 'Sjukpenning', '', 'Utbetald sjukpenning', 'kr', 0, 1, 0),
  (3, 1, 'lopnr', 'Löpnummer', '', '', '', 0, 0, 1),
  (4, 2, 'kon', 'Kön', 'Ägarens kön', '', '', 1, 0, 0);
insert into value_code values (0, '1', 'Man'), (1, '2', 'Kvinna'), (2, '', 'Uppgift okänd');
insert into value_set_member values (1, 0), (1, 1), (1, 2);
insert into variable_state values
  (1, 1, 10, '2020-01-01', '2021-12-31', 'Kon', 1),
  (2, 2, 10, '1990-01-01', '9999-12-31', 'SjukP', null),
  (3, 3, 10, '2020-01-01', '2021-12-31', 'LopNr', null),
  (4, 4, 20, '2021-01-01', '2021-12-31', 'KON', 1);
insert into variable_alias values (1, 10, 'Kon'), (2, 10, 'SJUKPENNING');
