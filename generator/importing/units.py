"""Names of units as written → draft entries: what kind of body each is likely to be, and its other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from generator.graph import folded
from generator.importing.doubts import Doubts, Weight
from generator.model import AliasRecord, Unit, UnitGroup, UnitKind
from generator.phrases.characters import alike

_GROUP = re.compile(
    r"(?:各|全体|有关|相关|其他|其它|所有|本级|上述|以上).*|.*(?:各(?:有关|相关|直属|职能|责任|成员)?(?:部门|单位|地方|委办局)|"
    r"(?:有关|相关|职能|主管|责任|成员|牵头|配合|组成|直属)(?:部门|单位|企业|机构|地方|乡镇|街道|科室|股室).*)|"
    r"(?:乡镇|镇街|街镇|镇乡|镇\(街道\)|乡镇\(街道\)|乡\(镇\)|镇\(乡\)|镇办|县区|市县|乡镇街道|镇村)(?:人民政府|政府|办事处)?|"
    r"(?:省|市|县|区)直(?:各)?(?:部门|单位)|(?:地方|市县|省级|市级|县级|区级|试点城市|属地|当地|所在地|项目所在)(?:各级)?(?:人民)?政府|属地|"
    r"(?:施工|建设|运营|责任|用人|产权|监理)(?:单位|企业)|(?:相关|有关|重点|涉气)?企业|村(?:\(社区\)|委会)?|社区"
)
_KINDS: tuple[tuple[str, UnitKind], ...] = (
    (r"(?:街道|街道办事处|街道办|办事处)", UnitKind.SUBDISTRICT),
    (r"(?:镇|乡|苏木|民族乡)(?:人民政府|政府|党委)?", UnitKind.TOWN),
    (
        r"(?:分局|税务局|气象局|消防救援(?:支队|大队|局)?|海关|海事局|烟草专卖局|供电公司|供电局|人民银行.*|银保监.*|金融监管.*|邮政管理局|公安交警.*)",
        UnitKind.DISPATCHED,
    ),
    (r"(?:中心|服务站|管理站|管理处|事务所|服务所|院|学校|医院)", UnitKind.CENTRE),
    (
        r"(?:.{0,12}(?:领导小组|指挥部|委员会|联席会议|专班)(?:办公室|办)|(?:.{1,8}(?:环委|安委|食安|创建|创城|攻坚|治超|河长|林长|双碳|农委)办(?:公室)?))",
        UnitKind.OFFICE,
    ),
)
_PLACE = r"(?:国家|[\u4e00-\u9fff]{0,6}?(?:省|市|县|区|州|盟|旗|自治区))"
_PREFIX = re.compile(rf"{_PLACE}(?=[\u4e00-\u9fff]{{2,}})")
_ABBREVIATIONS = tuple(
    tuple(pair.split("="))
    for pair in [
        "发展改革=发展和改革",
        "发改=发展和改革",
        "工业信息化=工业和信息化",
        "工信=工业和信息化",
        "经信=经济和信息化",
        "住房城乡建设=住房和城乡建设",
        "住建=住房和城乡建设",
        "人力资源社会保障=人力资源和社会保障",
        "人社=人力资源和社会保障",
        "自规=自然资源和规划",
        "市场监管=市场监督管理",
        "市监=市场监督管理",
        "文化旅游=文化和旅游",
        "文旅=文化和旅游",
        "卫健=卫生健康",
        "应急局=应急管理局",
        "退役军人局=退役军人事务局",
        "医保=医疗保障",
        "城管=城市管理",
        "综合执法=综合行政执法",
        "国资委=国有资产监督管理委员会",
        "交通局=交通运输局",
        "交运=交通运输",
        "农业局=农业农村局",
        "农农=农业农村",
        "环保局=生态环境局",
        "行政审批局=行政审批服务管理局",
        "教体=教育体育",
        "教科=教育科学技术",
        "民宗=民族宗教事务",
        "机关事务局=机关事务管理局",
        "粮食和储备局=粮食和物资储备局",
    ]
)
"""(short, full) in names of departments; the first that fits is taken."""
_FULL_ENDS = (("发展和改革委", "发展和改革委员会"), ("卫生健康委", "卫生健康委员会"))
_NEIGHBOURS = frozenset("东西南北中上下前后左右一二三四五六七八九十甲乙丙丁大小新老")


@dataclass
class DraftUnits:
    """New entries for units.yml."""

    units: list[Unit] = field(default_factory=list)
    groups: list[UnitGroup] = field(default_factory=list)


def draft_units(
    names: Iterable[tuple[str, str]], known: Mapping[str, tuple[str, ...]], taken: Iterable[str], doubts: Doubts
) -> DraftUnits:
    """An entry for every name that nobody bears yet; names that may mean one body are a question, not a merge."""
    doubts.file = "plan/units.yml"
    first: dict[str, tuple[str, str, int]] = {}
    for name, where in names:
        key = folded(name)
        if key and key not in known:
            shown, place, count = first.get(key, (name, where, 0))
            first[key] = (shown, place, count + 1)
    ids = _Ids(taken)
    result = DraftUnits()
    bearers = {*known, *first}
    questions = _questions({shown: place for shown, place, _ in first.values()}, known, doubts)
    for shown, place, count in first.values():
        note = f"导入时登记，文中 {count} 处"
        if is_group(shown):
            result.groups.append(
                UnitGroup(id=ids.of(shown), name=shown, confirmed=False, note=f"{note}；成员待确认")
            )
            doubts.add(
                Weight.UNIT, place, shown, "登记为单位集合，成员未定", "请补填 members；若是一个单位，请移到 units"
            )
        else:
            result.units.append(_unit(shown, ids.of(shown), (note, *questions.get(shown, ())), bearers))
            if not guess_kind(shown)[1]:
                words = "登记为单位，名称不像常见的机构名"
                doubts.add(Weight.UNIT, place, shown, words, "请改正 kind；不是单位的，请改责任分工")
    return result


def _unit(name: str, identifier: str, notes: Sequence[str], bearers: set[str]) -> Unit:
    """The draft entry; its other names are taken from now on."""
    kind, certain = guess_kind(name)
    aliases = tuple(_aliases(name, bearers))
    bearers.update(folded(alias.name) for alias in aliases)
    return Unit(
        id=identifier,
        name=name,
        aliases=aliases,
        kind=kind,
        confirmed=False,
        unconfirmed=("kind",),
        note="；".join((*notes, "类别按名称推断" if certain else "类别认不出，暂列部门")),
    )


def is_group(name: str) -> bool:
    """各镇(街道), 有关部门, 试点城市政府: not one body but several."""
    return bool(_GROUP.fullmatch(alike(name)))


def guess_kind(name: str) -> tuple[UnitKind, bool]:
    """The kind that a name suggests, and whether it suggests any."""
    plain = re.sub(r"\([^()]*\)", "", alike(name))
    for pattern, kind in _KINDS:
        if re.fullmatch(rf".*{pattern}", plain):
            return kind, True
    certain = re.search(
        r"(?:局|委|部|办|厅|署|社|院|会|室|处|公司|集团|队|联|团委|法院|检察院|政府|银行|总工会|馆|站|所|司|总行|行|大学|台|报|园区|开发区|管委会|[^持控参入合]股|科)$",
        plain,
    )
    return UnitKind.DEPARTMENT, bool(certain)


def _expanded(name: str) -> str:
    """区发改局 → 区发展和改革局; a name without abbreviations stays."""
    for short, full in _ABBREVIATIONS:
        if short in name and full not in name:
            name = name.replace(short, full, 1)
    for short, full in _FULL_ENDS:
        if name.endswith(short):
            name = name[: -len(short)] + full
    return name


def _aliases(name: str, bearers: set[str]) -> Iterator[AliasRecord]:
    """Other ways in which such a body is likely to be written, unless somebody else bears them."""
    plain = alike(name)
    likely = [(_expanded(name), "按通行全称推断，待确认")]
    if re.fullmatch(r"[\u4e00-\u9fff]{2,8}[镇乡]", plain):
        likely.append((f"{name}人民政府", "按镇（乡）政府通行名称推断，待确认"))
    if match := re.fullmatch(r"([\u4e00-\u9fff]{2,8}?)(?:街道办事处|街道办|街道|办事处)", plain):
        stem = match.group(1)
        likely += [(f"{stem}{end}", "街道办事处的通行写法，待确认") for end in ("街道办事处", "街道", "办事处")]
    seen = {folded(name)}
    for alias, basis in likely:
        if folded(alias) not in seen and folded(alias) not in bearers:
            seen.add(folded(alias))
            yield AliasRecord(name=alias, confirmed=False, basis=basis)


def _key(name: str) -> str:
    """What two spellings of one body have in common."""
    plain = re.sub(r"\([^()]*\)", "", alike(name))
    plain = re.sub(r"(?<=[镇乡])(?:人民)?政府$|(?<=.{2})(?:街道办事处|街道办|街道|办事处)$", "", plain)
    plain = plain.removeprefix("国家") if len(plain) > 4 else plain
    return _expanded(plain).removesuffix("员会").replace("委员会", "委")


def _questions(
    places: Mapping[str, str], known: Mapping[str, tuple[str, ...]], doubts: Doubts
) -> dict[str, list[str]]:
    """Pairs of names that may be one body: by their full forms, by one character, against what is registered."""
    asked: dict[str, list[str]] = {}
    names = [name for name in places if not is_group(name)]
    for one, other in _alike_pairs(names, list(known)):
        if other in places:
            asked.setdefault(other, []).append(f"与“{one}”可能是同一单位，待核")
        asked.setdefault(one, []).append(f"与“{other}”可能是同一单位，待核")
        reading = f"“{one}”和“{other}”登记为两个单位"
        choices = "是同一单位的，合为一个，另一写法列入 aliases；不是的，无需改动"
        doubts.add(Weight.SAME_UNIT, places[one], f"{one}／{other}", reading, choices)
    return asked


def _alike_pairs(names: Sequence[str], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_key(name), []).append(name)
    paired: set[frozenset[str]] = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            paired.add(frozenset((one, other)))
            yield one, other
    registered = {_key(name): name for name in known}
    for name in names:
        bearer = registered.get(_key(name))
        if bearer is not None and bearer != folded(name):
            yield name, bearer
    for one, other in _neighbours(names[:400]):
        if frozenset((one, other)) not in paired and _one_slip(one, other):
            yield one, other


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs that are alike once a character is left out of one or of both, in their order."""
    alike_without: dict[str, set[int]] = {}
    for index, name in enumerate(names):
        for shorter in (name, *(name[:place] + name[place + 1 :] for place in range(len(name)))):
            alike_without.setdefault(shorter, set()).add(index)
    pairs = {pair for found in alike_without.values() for pair in combinations(sorted(found), 2)}
    yield from ((names[one], names[other]) for one, other in sorted(pairs))


def _one_slip(one: str, other: str) -> bool:
    """One character more, less or other, in names of five characters or more, where it hardly tells two bodies."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[-1] != other[-1]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(left), len(right)) > 1 or set(left + right) & _NEIGHBOURS:
        return False
    return start >= 2 and not any(re.search("[镇乡街村]", part) for part in (one, other))


class _Ids:
    """Identifiers from the sound of a name, each used once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def of(self, name: str) -> str:
        """区住建局 → qu-zhu-jian-ju."""
        # Importing it takes a fifth of a second, and only an import of new units needs it.
        from pypinyin import lazy_pinyin

        words = re.findall(r"[a-z]+", " ".join(lazy_pinyin(alike(name), errors="ignore")).lower())
        base = "-".join(words)[:50].strip("-") or "unit"
        found, number = base, 2
        while found in self._taken:
            found, number = f"{base}-{number}", number + 1
        self._taken.add(found)
        return found
