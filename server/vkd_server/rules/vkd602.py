"""VKD602: vocabulary: one word for several concepts."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.wording import all_of

_MESSAGE = Texts(
    "{word} står for flere begreper: {codes}. Den som bruker ordet, må skrive koden etter det.",
    "{word} står för flera begrepp: {codes}. Den som använder ordet måste skriva koden efter det.",
    "{word} står for flere begreber: {codes}. Den, der bruger ordet, skal skrive koden efter det.",
    "{word} stands for several concepts: {codes}. Who uses the word must write the code after it.",
)


def _message(problem: Problem, context: Context) -> str:
    codes = problem.fact("codes")
    listed = [f"[{code}]" for code in codes] if isinstance(codes, tuple) else []
    return context.say(_MESSAGE, word=context.quoted(problem.fact("word")), codes=all_of(listed, context.language))


RULE = Rule(
    code="VKD602",
    title=Texts(
        "Ordliste: ett ord for flere begreper",
        "Ordlista: ett ord för flera begrepp",
        "Ordliste: ét ord for flere begreber",
        "Vocabulary: one word for several concepts",
    ),
    reason=Texts(
        "Ord som betyr flere ting, må følges av en kode hver gang de brukes.",
        "Ord som betyder flera saker måste följas av en kod varje gång de används.",
        "Ord, der betyder flere ting, skal følges af en kode, hver gang de bruges.",
        "Words that mean several things must be followed by a code each time they are used.",
    ),
    example=Example(
        bad=(
            "code,prefLabel@nb,altLabel@nb,from,to\n"
            "T1,Folketellingen 1960,Tellingen,19601101,19601101\n"
            "T2,Folketellingen 1970,Tellingen,19701101,19701101\n"
        ),
        good=(
            "code,prefLabel@nb,altLabel@nb,from,to\n"
            "T1,Folketellingen 1960,FT60,19601101,19601101\n"
            "T2,Folketellingen 1970,FT70,19701101,19701101\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
)
