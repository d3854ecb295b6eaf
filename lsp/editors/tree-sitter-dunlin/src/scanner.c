// What the generated parser cannot see: where lines end, and what stands more than one word ahead.
//
// Every token is a question about the text ahead and takes none of it. The names in grammar.js say what each
// asks; the rules of grammar/procedure.pest that they stand for are named here.

#include "tree_sitter/parser.h"

#include <string.h>

// In the order of `externals` in grammar.js.
enum Question {
  BESIDE,
  LINE_END,
  VALUE_MISSING,
  BRACKET_AHEAD,
  OPTIONAL_AHEAD,
  UNIT_AHEAD,
  OR_ELSE_AHEAD,
  MISSING_OPERAND,
};

// A word longer than this is none that has a meaning here.
#define LONGEST_WORD 15

typedef struct {
  char letters[LONGEST_WORD + 1];
} Word;

static const char *const RESERVED[] = {
  "and", "or", "not", "in", "is", "between", "where", "when", "of", "otherwise", "yes", "no", NULL,
};

// `modifier_word`: what may follow a value on its line.
static const char *const MODIFIERS[] = {
  "at", "after", "from", "when", "automatic", "manual", "repeat", "was", "counting", "until", "if", NULL,
};

// Reserved words that go on with an action when a line begins with them.
static const char *const GOING_ON[] = {"and", "or", "is", "in", "not", "between", "where", NULL};

// `days`, `weeks`, `usual_unit`.
static const char *const UNITS[] = {
  "day",  "days",  "week",  "weeks",  "month",  "months",  "year",   "years",   "quarter", "quarters",
  "hour", "hours", "minute", "minutes", "euro", "euros",   "dollar", "dollars", "pound",   "pounds",
  "percent", "eur", "usd",  "gbp",    "chf",    NULL,
};

static bool is_one_of(const Word *word, const char *const *words) {
  for (; *words; words++) {
    if (strcmp(word->letters, *words) == 0) return true;
  }
  return false;
}

static bool is_word_start(int32_t sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_';
}

static bool is_in_word(int32_t sign) { return is_word_start(sign) || (sign >= '0' && sign <= '9'); }

static bool is_blank(int32_t sign) {
  switch (sign) {
    case ' ':
    case '\t':
    case '\r':
    case 0x00A0:
    case 0x202F:
    case 0x2007:
    case 0x2009:
    case 0x200B:
    case 0x3000:
    case 0xFEFF:
      return true;
    default:
      return false;
  }
}

// `operator_sign` but for the comma.
static bool is_operator_sign(int32_t sign) { return sign > 0 && sign < 128 && strchr("=!<>+-*/", (char)sign) != NULL; }

static void ahead(TSLexer *lexer) { lexer->advance(lexer, false); }

// `b`
static void pass_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) ahead(lexer);
}

// `m`; says whether there was one.
static bool pass_blanks_and_lines(TSLexer *lexer) {
  bool any = false;
  while (is_blank(lexer->lookahead) || lexer->lookahead == '\n') {
    ahead(lexer);
    any = true;
  }
  return any;
}

// `t`
static void pass_text_without_meaning(TSLexer *lexer) {
  while (true) {
    pass_blanks_and_lines(lexer);
    if (lexer->lookahead != '#') return;
    while (!lexer->eof(lexer) && lexer->lookahead != '\n') ahead(lexer);
  }
}

static bool at_line_end(TSLexer *lexer) {
  return lexer->eof(lexer) || lexer->lookahead == '\n' || lexer->lookahead == '#';
}

// Passes a word, of which one that is too long stays empty.
static Word pass_word(TSLexer *lexer) {
  Word word = {{0}};
  unsigned length = 0;
  for (; is_in_word(lexer->lookahead); length++) {
    if (length < LONGEST_WORD) word.letters[length] = (char)lexer->lookahead;
    ahead(lexer);
  }
  if (length > LONGEST_WORD) word.letters[0] = '\0';
  return word;
}

static bool is_currency(const Word *word) {
  for (unsigned at = 0; at < 3; at++) {
    if (word->letters[at] < 'A' || word->letters[at] > 'Z') return false;
  }
  return word->letters[3] == '\0';
}

// `unit_end`: what may follow a number with a unit that nobody knows.
static bool at_unit_end(TSLexer *lexer) {
  if (at_line_end(lexer) || is_operator_sign(lexer->lookahead)) return true;
  switch (lexer->lookahead) {
    case ')':
    case '{':
    case '}':
    case ',':
      return true;
    default:
      break;
  }
  if (!is_word_start(lexer->lookahead)) return false;
  Word word = pass_word(lexer);
  return is_one_of(&word, RESERVED) || is_one_of(&word, MODIFIERS);
}

// `unit_of_measure`, of which `word` has been passed. The label of a field is none.
static bool is_unit(TSLexer *lexer, const Word *word) {
  if (is_one_of(word, RESERVED)) return false;
  pass_blanks(lexer);
  if (lexer->lookahead == ':') return false;
  if (is_one_of(word, UNITS) || is_currency(word)) return true;
  // `working days` may go on in the next line; a line end is the end of every unit.
  if (strcmp(word->letters, "working") == 0 && is_word_start(lexer->lookahead)) return true;
  return !is_one_of(word, MODIFIERS) && at_unit_end(lexer);
}

// `or_else`, of which `word` has been passed.
static bool is_or_else(TSLexer *lexer, const Word *word) {
  if (strcmp(word->letters, "or") != 0 || !pass_blanks_and_lines(lexer)) return false;
  Word other = pass_word(lexer);
  return strcmp(other.letters, "else") == 0;
}

static bool answer(TSLexer *lexer, enum Question question) {
  lexer->result_symbol = question;
  return true;
}

static bool answer_end(TSLexer *lexer, const bool *asked) {
  if (asked[LINE_END]) return answer(lexer, LINE_END);
  return asked[VALUE_MISSING] && answer(lexer, VALUE_MISSING);
}

// Something stands on this line.
static bool scan_line(TSLexer *lexer, const bool *asked) {
  int32_t sign = lexer->lookahead;
  if (sign == '}') return answer_end(lexer, asked);
  if (asked[BESIDE]) return answer(lexer, BESIDE);
  if (asked[BRACKET_AHEAD] && sign == '(') return answer(lexer, BRACKET_AHEAD);
  if (asked[OPTIONAL_AHEAD] && sign == '?') return answer(lexer, OPTIONAL_AHEAD);
  if (asked[UNIT_AHEAD] && sign == '%') return answer(lexer, UNIT_AHEAD);
  if (!is_word_start(sign)) return false;
  Word word = pass_word(lexer);
  if (asked[UNIT_AHEAD] && is_unit(lexer, &word)) return answer(lexer, UNIT_AHEAD);
  return asked[OR_ELSE_AHEAD] && is_or_else(lexer, &word) && answer(lexer, OR_ELSE_AHEAD);
}

// Nothing more stands on this line.
static bool scan_next_line(TSLexer *lexer, const bool *asked) {
  if (!asked[LINE_END] && !asked[VALUE_MISSING] && !asked[OR_ELSE_AHEAD]) return false;
  pass_text_without_meaning(lexer);
  if (is_operator_sign(lexer->lookahead)) return false;
  Word word = {{0}};
  if (is_word_start(lexer->lookahead)) word = pass_word(lexer);
  if (asked[OR_ELSE_AHEAD] && is_or_else(lexer, &word)) return answer(lexer, OR_ELSE_AHEAD);
  return !is_one_of(&word, GOING_ON) && answer_end(lexer, asked);
}

bool tree_sitter_dunlin_external_scanner_scan(void *payload, TSLexer *lexer, const bool *asked) {
  (void)payload;
  // All questions at once: a mistake is being mended.
  if (asked[MISSING_OPERAND] && asked[BESIDE]) return false;
  lexer->mark_end(lexer);
  pass_blanks(lexer);
  return at_line_end(lexer) ? scan_next_line(lexer, asked) : scan_line(lexer, asked);
}

void *tree_sitter_dunlin_external_scanner_create(void) { return NULL; }

void tree_sitter_dunlin_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_dunlin_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_dunlin_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}
