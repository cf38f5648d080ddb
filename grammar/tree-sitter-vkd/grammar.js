/**
 * The grammar of .vkd text for tree-sitter: the parser that runs, in the server and in editors.
 *
 * It is total: every text is some sequence of headers, sentences, comments, continuations and broken lines, so no line is
 * ever hidden by what is wrong in another. Where a field can be read in several ways the longest token wins, and among
 * equally long ones the one whose rule stands first: that is why `word` stands last.
 *
 * A line whose number is 0 opens a `description`. A header with another number, told by its type, is a line of the
 * description above it: only the second field tells it, and by then the number is read.
 */

const BLANKS = ' \\t\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const LINE_END = '\\r\\n';
const ANYTHING = but('');
const ESCAPED = `\\\\${ANYTHING}`;
const HEADER_TYPES = [
  'Produktbeskrivelse',
  'Produktskildring',
  'Produktbeskrivning',
  'Product description',
  'Etterspørselsbeskrivelse',
  'Etterspurnadsskildring',
  'Efterfrågebeskrivning',
  'Efterspørgselsbeskrivelse',
  'Demand description',
];

/** A character of a line that is none of `stops`. tree-sitter leaves ſ and the kelvin sign out of such a class. */
function but(stops) {
  return `([^${stops}${LINE_END}]|\\u017f|\\u212a)`;
}

/** Text that holds none of `stops`, neither starts nor ends with a blank, and may end a line with a lone backslash. */
function text(stops) {
  const inner = `(${but(`${stops}\\\\`)}|${ESCAPED})`;
  const edge = `(${but(`${stops}\\\\${BLANKS}`)}|${ESCAPED})`;
  return new RegExp(`${edge}(${inner}*${edge})?|(${edge}${inner}*)?\\\\`);
}

/** A header type in any case, with any run of blanks. A letter stands for all that Unicode's case folding takes for it. */
function spelling(word) {
  const others = { ' ': `[${BLANKS}]+`, 'å': '([åÅ]|\\u212b|[aA]\\u030a)', k: '([kK]|\\u212a)', s: '([sS]|\\u017f)' };
  return [...word.toLowerCase()].map((c) => others[c] ?? `[${c}${c.toUpperCase()}]`).join('');
}

const SHORT_TIME = '[0-9]{4}([0-9]{2}([0-9]{2})?|[KkQqHh][0-9]|[UuWwMm][0-9]{2})?';
const INTERVAL = `(${SHORT_TIME}[${BLANKS}]*)?\\.\\.([${BLANKS}]*${SHORT_TIME})?`;
const STEP = '[AaHhKkQqMmUuWwDd]';
const BRACKETS = `\\[${but('\\[\\]/\\\\')}*\\]`;

module.exports = grammar({
  name: 'vkd',

  extras: () => [new RegExp(`[${BLANKS}]`)],

  rules: {
    // Only the last line of a text may lack its end: nothing else may follow a line, or tokens of what follows would be
    // looked for inside it.
    document: ($) =>
      seq(
        repeat($._row),
        optional(choice($._line, repeat1($.description), seq(repeat($.description), alias($._unended, $.description)))),
      ),

    description: ($) => seq($._opening, $._newline, repeat($._row)),
    _unended: ($) => choice($._opening, seq($._opening, $._newline, repeat($._row), $._line)),
    _opening: ($) => alias($._numbered_header, $.header),

    _row: ($) => choice($._newline, seq($._line, $._newline)),
    _line: ($) =>
      choice($.comment, $.continuation, $.sentence, alias($._misnumbered_header, $.header), $.broken_line),

    comment: () => token(prec(2, new RegExp(`#${ANYTHING}*`))),

    _numbered_header: ($) =>
      seq(
        field('number', alias($._zero, $.line_number)),
        optional(seq('/', optional(field('type', choice($.header_type, $._slot))), optional($._rest_of_header))),
      ),
    _misnumbered_header: ($) =>
      seq(optional(field('number', $._number_slot)), '/', field('type', $.header_type), optional($._rest_of_header)),
    _rest_of_header: ($) =>
      seq('/', optional(field('identification', $._slot)), optional(seq('/', optional($.technical_data)))),

    technical_data: ($) => choice(seq($.entry, repeat($._further_entry)), repeat1($._further_entry)),
    continuation: ($) => repeat1($._further_entry),
    _further_entry: ($) => seq(token(prec(2, ';')), optional($.entry)),
    entry: ($) =>
      choice(
        seq(field('key', $.key), optional(seq('=', optional(field('value', $.value))))),
        seq('=', optional(field('value', $.value))),
      ),

    sentence: ($) =>
      seq(
        optional(field('number', $._number_slot)),
        '/',
        optional(field('object_type', $._slot)),
        '/',
        optional(field('name', $._slot)),
        '/',
        optional(field('characteristic', $._slot)),
        '/',
        optional(field('time', $._time_slot)),
        '/',
        optional(field('operator', $._operator_slot)),
      ),

    // A line with too few fields or too many.
    broken_line: ($) =>
      choice(
        $._number_slot,
        seq(optional($._number_slot), '/', optional($._slot)),
        seq(optional($._number_slot), '/', optional($._slot), '/', optional($._slot)),
        seq(optional($._number_slot), '/', optional($._slot), '/', optional($._slot), '/', optional($._slot)),
        seq(
          optional($._number_slot),
          '/',
          optional($._slot),
          '/',
          optional($._slot),
          '/',
          optional($._slot),
          '/',
          optional($._time_slot),
        ),
        seq(
          optional($._number_slot),
          '/',
          optional($._slot),
          '/',
          optional($._slot),
          '/',
          optional($._slot),
          '/',
          optional($._time_slot),
          '/',
          optional($._operator_slot),
          repeat1(seq('/', optional($._slot))),
        ),
      ),

    _number_slot: ($) => choice($.line_number, $._slot),
    _time_slot: ($) => choice($.point, $.interval, $.series, $.mask, $.not_stated, $._slot),
    _operator_slot: ($) => choice($.operator, $._slot),
    _slot: ($) => choice($.ditto, $.dont_care, $.code, $.coded_word, $.word),

    _newline: () => /\r\n|\n|\r/,
    _zero: () => '0',
    line_number: () => /[0-9]+/,
    header_type: () => new RegExp(HEADER_TYPES.map(spelling).join('|')),
    operator: () => choice('O', 'E', 'N', '.'),
    ditto: () => choice('"', '”', '“', '″', '〃'),
    dont_care: () => '-',
    point: () => new RegExp(SHORT_TIME),
    interval: () => new RegExp(INTERVAL),
    series: () => new RegExp(`(${INTERVAL}|${SHORT_TIME})[${BLANKS}]*:[${BLANKS}]*${STEP}`),
    mask: () => /[0-9-]{8}/,
    not_stated: () => '?',
    code: () => new RegExp(BRACKETS),
    coded_word: () =>
      new RegExp(`(${but(`/\\\\${BLANKS}`)}|${ESCAPED})(${but('/\\\\')}|${ESCAPED})*${BRACKETS}`),
    key: () => text('=;'),
    value: () => text(';'),
    word: () => text('/'),
  },
});
