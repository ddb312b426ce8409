"""Where a procedure says that customers can do it themselves."""

from __future__ import annotations

import pytest

from kb.content import read_content_files, read_pack
from kb.figures import SelfServiceRoute, self_service_routes
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import SAMPLE, changed, procedure_in


def routes_with(old: str, new: str) -> list[tuple[str, str]]:
    routes = self_service_routes(procedure_in(changed(old, new, SAMPLE)))
    return [(route.address, route.text) for route in routes]


def test_a_procedure_that_names_no_channel_has_no_route() -> None:
    assert self_service_routes(procedure_in(SAMPLE)) == ()


@pytest.mark.parametrize(
    ("old", "new", "route"),
    [
        (
            "变更要由投保人提出。",
            "变更要由投保人提出。也能在APP里自己改。",
            ("verify/必说/1", "也能在APP里自己改。"),
        ),
        ("“尾号是这几位吗？”", "“官网也能查。”", ("read-out/话术/1", "官网也能查。")),
        ("登记新号码，", "线上的看页面结果，", None),
        ("投保人签名〔公司规定〕", "线上的照页面签〔公司规定〕", None),
        ("登记后当天生效〔公司规定〕。", "自助渠道当天生效〔公司规定〕。", None),
    ],
)
def test_what_customers_may_be_told_is_a_route(
    old: str, new: str, route: tuple[str, str] | None
) -> None:
    found = routes_with(old, new)
    assert len(found) == 1
    if route:
        assert found == [route]


def test_a_paper_is_named_with_what_is_asked_of_it() -> None:
    found = routes_with("投保人签名〔公司规定〕", "线上的照页面签〔公司规定〕")
    assert found == [("所需材料/变更申请书", "变更申请书：线上的照页面签")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“随便报个号就行”〔公司规定〕", "“您自己去APP改”〔公司规定〕"),
        ("登记销售人员的号码〔公司规定〕", "只给线上一条路〔公司规定〕"),
        ("“尾号是这几位吗？”", "“我在线上陪着您。”"),
    ],
)
def test_what_must_not_be_said_and_what_means_the_phone_is_no_route(old: str, new: str) -> None:
    assert routes_with(old, new) == []


def test_the_content_states_routes_in_its_own_words() -> None:
    pack = read_pack(read_content_files(PACKAGED_CONTENT))
    (procedure,) = [item for item in pack.procedures if item.id == "short-term-auto-renewal"]
    route = SelfServiceRoute("stop/必说/1", "您也能在线上自己停，我告诉您点哪里")
    assert route in self_service_routes(procedure)
