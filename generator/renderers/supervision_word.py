"""督办单.docx and 反馈单.docx: one matter on one page, drafted only for what a leader has ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.facts import fact_texts
from generator.analysis.supervision import SupervisionOrder, excerpt, supervision_orders
from generator.analysis.unit_wording import formal_name
from generator.analysis.wording import day_text
from generator.book import Book
from generator.forms.reply_marks import ReplyKey, reply_controls
from generator.model import ExtraTask, UnitKind
from generator.office.word import Identity, draw_word
from generator.renderers.office_papers import Drawn, Issue, OfficePaper, unit_text, units_text
from generator.renderers.urging_excel import contact_text, contacts_by_unit

ORDER, REPLY = "word/supervision_order.docx", "word/supervision_reply.docx"
LONGEST, LEAST = 400, 100
"""Characters that text, facts and requirement together leave on one page; of the text so many in any case."""

Context = Mapping[str, object]


def orders_of(book: Book, issue: Issue) -> tuple[SupervisionOrder, ...]:
    """The sheets of a period, as decided up to the day of the book."""
    return supervision_orders(book.graph, book.ledger, book.plan(issue.plan), book.rows, issue.period)


def draw_orders(book: Book, issue: Issue) -> Iterator[Drawn]:
    """督办单, one for each decision."""
    for order in orders_of(book, issue):
        told = order.supervision
        identifier = f"planbook:supervision-order:1:{order.plan}:{told.task}:{order.unit}:{told.on.isoformat()}"
        yield _drawn(book, order, ORDER, identifier, order_context(book, order))


def draw_replies(book: Book, issue: Issue) -> Iterator[Drawn]:
    """反馈单, one beside each 督办单."""
    for order in orders_of(book, issue):
        yield _drawn(book, order, REPLY, _reply_key(order).identifier, reply_context(book, order))


def _drawn(book: Book, order: SupervisionOrder, template: str, identifier: str, context: Context) -> Drawn:
    identity = Identity(identifier, str(context["title"]), book.as_of, book.internal_mark)
    told = order.supervision
    words = {
        "title": paper_title(book, order),
        "task": told.task,
        "unit": book.graph.name(order.unit),
        "on": f"{told.on:%m%d}",
    }
    return words, draw_word(book.project.template(template), context, identity)


def _reply_key(order: SupervisionOrder) -> ReplyKey:
    return ReplyKey(order.plan, order.supervision.task, order.unit, order.supervision.on)


def reply_context(book: Book, order: SupervisionOrder) -> Context:
    """What the template of the 反馈单 may ask for: the letter, and a place for every answer."""
    return {**order_context(book, order), "answers": reply_controls(book, _reply_key(order))}


def paper_title(book: Book, order: SupervisionOrder) -> str:
    """`督办函`, `提醒函`, `督办通知单`: the rung and the kind of paper that the office has set."""
    return book.terms("supervision.title").format(
        word=_word(book, order), paper=book.loaded.rules.supervision_paper
    )


def _word(book: Book, order: SupervisionOrder) -> str:
    return book.terms(f"supervision.word.{order.supervision.rung}")


def order_context(book: Book, order: SupervisionOrder) -> Context:
    """What both templates may ask for."""
    terms, rules, told = book.terms, book.loaded.rules, order.supervision
    word, title = _word(book, order), paper_title(book, order)
    tone = "letter" if rules.supervision_paper.endswith(terms("supervision.letter")) else "order"
    facts = _facts(book, order)
    text, whole = excerpt(order.row, max(LEAST, LONGEST - len(facts) - len(told.requirement or "")))
    basis = {"word": word, "basis": told.basis, "by": told.by, "on": day_text(told.on)}
    return {
        "title": title,
        "reply_title": terms("supervision.reply_title").format(word=word),
        "reply_number": terms("supervision.reply_number").format(title=title),
        "word": word,
        "opening": terms(f"supervision.opening.{tone}"),
        "matter": terms("supervision.matter").format(task=order.row.label, title=order.row.title),
        "source": _source(book, order),
        "text": terms("supervision.whole" if whole else "supervision.part").format(text=text),
        "addressee": formal_name(book.graph.unit_by_id[order.unit]),
        "unit": unit_text(book, order.unit),
        "supporting": units_text(book, order.supporting) or terms("supervision.no_support"),
        "facts": facts,
        "basis": terms("supervision.as_ordered").format(**basis),
        "requirement": told.requirement or terms(f"supervision.asked.{tone}"),
        "deadline": _deadline(book, order),
        "answer": _answer(book, order),
        "issuer": rules.supervision_issuer or "",
        "date": terms("office_paper.blank_date"),
        "contact": _office_contact(book),
    }


def _facts(book: Book, order: SupervisionOrder) -> str:
    terms = book.terms
    told = "；".join(fact_texts(terms, order.entry)) if order.entry else ""
    return terms("supervision.facts").format(day=day_text(book.as_of), facts=told or terms("supervision.no_facts"))


def _source(book: Book, order: SupervisionOrder) -> str:
    """The document with its number, or where a task from outside the plan comes from."""
    terms, row = book.terms, order.row
    extra = next((one for one in book.plan(order.plan).extra_tasks if one.task == row.label), None)
    if extra:
        return _extra_source(book, extra)
    head = book.plan(row.plan).head
    number = terms("supervision.number").format(number=head.document_number) if head.document_number else ""
    title = head.title.translate(str.maketrans("《》", "〈〉"))
    return terms("supervision.source").format(title=title, number=number, task=row.label)


def _extra_source(book: Book, extra: ExtraTask) -> str:
    words = {"origin": book.terms.label(extra.origin), "source": extra.source, "on": day_text(extra.assigned)}
    return book.terms("supervision.extra_source").format(**words)


def _deadline(book: Book, order: SupervisionOrder) -> str:
    """办理时限: the day that still lies ahead, else a blank for the leader; nobody invents a day."""
    entry = order.entry
    if entry is None or entry.due is None:
        return book.terms("supervision.deadline.blank")
    key = "passed" if entry.due < book.as_of else "extended" if entry.due != entry.closing else "due"
    mark = book.terms("mark.inferred") if entry.due_inferred else ""
    return book.terms(f"supervision.deadline.{key}").format(day=day_text(entry.due) + mark)


def _answer(book: Book, order: SupervisionOrder) -> str:
    terms, day = book.terms, order.supervision.answer_by
    by = terms("supervision.answer.day").format(day=day_text(day)) if day else terms("supervision.answer.blank")
    reply = terms("supervision.reply_title").format(word=_word(book, order))
    office = book.loaded.rules.supervision_issuer or terms("supervision.office")
    return terms("supervision.answer.way").format(by=by, reply=reply, office=office)


def _office_contact(book: Book) -> str:
    """Of the office that coordinates, from the file that git ignores; empty where nothing is known."""
    contacts = contacts_by_unit(book)
    offices = (unit.id for unit in book.graph.units if unit.kind is UnitKind.OFFICE)
    return "\n".join(filter(None, (contact_text(contacts.get(unit, ())) for unit in offices)))


ORDER_PAPER = OfficePaper("order", draw_orders)
REPLY_PAPER = OfficePaper("reply", draw_replies)
