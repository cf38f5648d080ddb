"""VKD009: not UTF-8, a control character, or a bad escape."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGES = {
    "escape": Texts(
        "En omvendt skråstrek gjelder tegnet etter seg, men her slutter linjen. Skriv \\\\ for en omvendt skråstrek.",
        "Ett omvänt snedstreck gäller tecknet efter sig, men här slutar raden. Skriv \\\\ för ett omvänt snedstreck.",
        "En omvendt skråstreg gælder tegnet efter sig, men her slutter linjen. Skriv \\\\ for en omvendt skråstreg.",
        "A backslash concerns the character after it, but the line ends here. Write \\\\ for a backslash.",
    ),
    "character": Texts(
        "Tegnet {character} er et usynlig styretegn og hører ikke hjemme i teksten.",
        "Tecknet {character} är ett osynligt styrtecken och hör inte hemma i texten.",
        "Tegnet {character} er et usynligt styretegn og hører ikke hjemme i teksten.",
        "The character {character} is an invisible control character and has no place in the text.",
    ),
    "too-long": Texts(
        "Linjen har {length} tegn og leses ikke. En linje kan ha {longest}.",
        "Raden har {length} tecken och läses inte. En rad kan ha {longest}.",
        "Linjen har {length} tegn og læses ikke. En linje kan have {longest}.",
        "The line has {length} characters and is not read. A line may have {longest}.",
    ),
    "utf-8": Texts(
        "Byten 0x{byte:02X} er ikke UTF-8. Lagre filen som UTF-8.",
        "Byten 0x{byte:02X} är inte UTF-8. Spara filen som UTF-8.",
        "Byten 0x{byte:02X} er ikke UTF-8. Gem filen som UTF-8.",
        "Byte 0x{byte:02X} is not UTF-8. Save the file as UTF-8.",
    ),
    "binary": Texts(
        "Dette er ikke tekst i UTF-8, og filen leses ikke.",
        "Detta är inte text i UTF-8, och filen läses inte.",
        "Dette er ikke tekst i UTF-8, og filen læses ikke.",
        "This is not text in UTF-8, and the file is not read.",
    ),
}
_DOUBLE = Texts("Skriv \\\\", "Skriv \\\\", "Skriv \\\\", "Write \\\\")
_REMOVE = Texts(
    "Fjern tegnet {character}",
    "Ta bort tecknet {character}",
    "Fjern tegnet {character}",
    "Remove the character {character}",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("reason"))], **dict(problem.facts))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    if problem.fact("reason") == "escape":
        return (Fix(context.say(_DOUBLE), (context.replacing(problem, "\\\\"),)),)
    if problem.fact("reason") == "character":
        title = context.say(_REMOVE, character=problem.fact("character"))
        return (Fix(title, (context.replacing(problem, ""),)),)
    return ()


RULE = Rule(
    code="VKD009",
    title=Texts(
        "Tegn som ikke kan leses",
        "Tecken som inte kan läsas",
        "Tegn, der ikke kan læses",
        "Characters that cannot be read",
    ),
    reason=Texts(
        "Usynlige tegn og andre tegnsett gjør at to like ord ikke er like. Filer skrives i UTF-8.",
        "Osynliga tecken och andra teckenkodningar gör att två lika ord inte är lika. Filer skrivs i UTF-8.",
        "Usynlige tegn og andre tegnsæt gør, at to ens ord ikke er ens. Filer skrives i UTF-8.",
        "Invisible characters and other encodings make two like words unlike. Files are written in UTF-8.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / en annen \\\n1 / Personer / - / Yrke / - / .\n"),
        good=("0 / Etterspørselsbeskrivelse / en annen \\\\\n1 / Personer / - / Yrke / - / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
