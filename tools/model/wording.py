"""How gold answers are worded for training: short, with a capital letter, cited, ended by a full stop."""
import re

STOP_WORDS = set('a an the of in on at to for by with from and or is are was were be been do does did has have had can could will '
                 'would should may might it its this that these those as there he she they his her their you your i we our not '
                 'what who when where which why how'.split())


def tidy(answer):
    """White space as one space, no quotation marks around it, no full stop, a capital first."""
    text = re.sub(r'\s+', ' ', answer).strip(' "').rstrip(' .;,:"')
    return text[:1].upper() + text[1:]


def cited(answer, *numbers):
    """`1349 [2].`, with several numbers `... [1] [3].`"""
    return f"{tidy(answer)} {' '.join(f'[{n}]' for n in sorted(numbers))}."


def yes_or_no(answer):
    return answer is not None and answer.strip().lower() in ('yes', 'no')


def content(text):
    """The distinct content words of a text, cut to six letters so that most inflections agree."""
    return {word[:6] for word in re.findall(r'\w+', text.lower()) if word not in STOP_WORDS}


def reason(question, passage, most_words=28):
    """The sentence of the passage that says most of what is asked, or None where none says 60% of it."""
    asked = content(question)
    best, share = None, 0.6
    for sentence in re.split(r'(?<=[a-z0-9%)"]{3}[.!?])\s+(?=[A-Z"])', passage):
        words = sentence.split()
        if not 4 <= len(words) <= most_words or '|' in sentence:
            continue
        said = len(asked & content(sentence)) / max(1, len(asked))
        if said > share:
            best, share = sentence, said
    return best


def stands_in(answer, passage):
    return answer.lower().strip(' .') in passage.lower()
