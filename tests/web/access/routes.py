"""Every route and what it needs, written out: a changed declaration shows in review."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from kb.people import Permission
from kb.people.oidc import CALLBACK
from web.access.routes import DeclaredRoute, declared_routes

PERMISSIONS: dict[str, Permission] = {
    # Pages
    "GET /": Permission.READ,
    "GET /panel": Permission.READ,
    "GET /panel/sample": Permission.READ,
    "GET /explain": Permission.READ,
    "GET /procedures": Permission.READ,
    "GET /procedures/{procedure_id}": Permission.READ,
    "GET /procedures/{procedure_id}/checklist": Permission.READ,
    "GET /procedures/{procedure_id}/checklist.xlsx": Permission.READ,
    "GET /documents/{category}": Permission.READ,
    "GET /regulations": Permission.READ,
    "GET /regulations/{short}": Permission.READ,
    "GET /keys": Permission.READ,
    "GET /health": Permission.READ,
    "POST /feedback": Permission.READ,
    "GET /static/{path}": Permission.PUBLIC,
    # Signing in
    "GET /sign-in": Permission.PUBLIC,
    "POST /sign-in": Permission.PUBLIC,
    "GET /welcome": Permission.PUBLIC,
    "POST /welcome": Permission.PUBLIC,
    "GET /password": Permission.PUBLIC,
    "POST /password": Permission.PUBLIC,
    "POST /sign-out": Permission.ACCOUNT,
    "GET /account": Permission.ACCOUNT,
    "POST /account/password": Permission.ACCOUNT,
    "POST /account/sign-out-everywhere": Permission.ACCOUNT,
    # Accounts
    "GET /people": Permission.ADMINISTER,
    "POST /people": Permission.ADMINISTER,
    "GET /people/{account_id}": Permission.ADMINISTER,
    "POST /people/{account_id}": Permission.ADMINISTER,
    "POST /people/{account_id}/disable": Permission.ADMINISTER,
    "POST /people/{account_id}/enable": Permission.ADMINISTER,
    "POST /people/{account_id}/link": Permission.ADMINISTER,
    "POST /teams/{team_id}": Permission.ADMINISTER,
    # Questions
    "GET /questions": Permission.ANSWER_QUESTIONS,
    "GET /questions/mine": Permission.ACCOUNT,
    "GET /questions/{question_id}": Permission.ACCOUNT,
    "POST /questions/{question_id}/{action}": Permission.ACCOUNT,
    # Changes and publications
    "GET /changes": Permission.SEE_CHANGES,
    "GET /changes/baseline": Permission.SEE_CHANGES,
    "POST /changes/baseline": Permission.REVIEW,
    "GET /changes/{change_set_id}": Permission.SEE_CHANGES,
    "GET /changes/{change_set_id}/before/{path:path}": Permission.SEE_CHANGES,
    "GET /changes/{change_set_id}/after/{path:path}": Permission.SEE_CHANGES,
    "POST /changes/{change_set_id}/review": Permission.REVIEW,
    "POST /changes/{change_set_id}/take-back": Permission.REVIEW,
    "POST /changes/{change_set_id}/publish": Permission.REVIEW,
    "POST /changes/{change_set_id}/comments": Permission.SEE_CHANGES,
    "POST /changes/{change_set_id}/comments/{comment_id}/resolve": Permission.SEE_CHANGES,
    "GET /procedures/retired": Permission.SEE_CHANGES,
    "GET /procedures/{procedure_id}/history": Permission.SEE_CHANGES,
    "GET /procedures/{procedure_id}/compare": Permission.SEE_CHANGES,
    "POST /procedures/{procedure_id}/return": Permission.EDIT,
    "GET /replay": Permission.SEE_CHANGES,
    "GET /replay/{at}/{procedure_id}": Permission.SEE_CHANGES,
    "GET /suspensions": Permission.SEE_CHANGES,
    "POST /suspensions": Permission.SUSPEND,
    "POST /suspensions/{suspension_id}/ask-lift": Permission.SUSPEND,
    "POST /suspensions/{suspension_id}/lift": Permission.SUSPEND,
    # Figures, reviews, audit
    "GET /figures": Permission.SEE_FIGURES,
    "GET /figures/{name}.csv": Permission.SEE_FIGURES,
    "GET /reviews": Permission.SEE_CHANGES,
    "GET /reviews/calendar": Permission.SEE_CHANGES,
    "POST /reviews/{action}": Permission.EDIT,
    "GET /audit": Permission.AUDIT,
    # What waits for oneself
    "GET /notifications": Permission.ACCOUNT,
    "POST /notifications": Permission.ACCOUNT,
    "GET /must-read": Permission.ACCOUNT,
    "GET /must-read/{number}": Permission.SUPERVISE,
    "POST /must-read/{number}": Permission.ACCOUNT,
    # Drafts
    "GET /drafts": Permission.EDIT,
    "POST /drafts": Permission.EDIT,
    "GET /drafts/existing": Permission.EDIT,
    "POST /drafts/existing": Permission.EDIT,
    "GET /drafts/procedure": Permission.EDIT,
    "POST /drafts/procedure": Permission.EDIT,
    "GET /drafts/version": Permission.EDIT,
    "POST /drafts/version": Permission.EDIT,
    "GET /drafts/import": Permission.EDIT,
    "POST /drafts/import": Permission.EDIT,
    "GET /drafts/{draft_id}": Permission.EDIT,
    "POST /drafts/{draft_id}": Permission.EDIT,
    "POST /drafts/{draft_id}/withdraw": Permission.EDIT,
    "POST /drafts/{draft_id}/reopen": Permission.EDIT,
    "POST /drafts/{draft_id}/remove": Permission.EDIT,
    "POST /drafts/{draft_id}/delete": Permission.EDIT,
    "POST /drafts/{draft_id}/rename": Permission.EDIT,
    "GET /drafts/{draft_id}/submission": Permission.EDIT,
    "POST /drafts/{draft_id}/submission": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/check": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/complete": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/preview": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/save": Permission.EDIT,
    "GET /drafts/{draft_id}/files/{path:path}/preview": Permission.EDIT,
    "GET /drafts/{draft_id}/files/{path:path}/conflict": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/conflict": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}/merge": Permission.EDIT,
    "GET /drafts/{draft_id}/files/{path:path}": Permission.EDIT,
    "POST /drafts/{draft_id}/files/{path:path}": Permission.EDIT,
    # API
    "GET /api/v1/openapi.json": Permission.READ,
    "GET /api/v1/search": Permission.READ,
    "GET /api/v1/suggest": Permission.READ,
    "POST /api/v1/suggest-from-transcript": Permission.READ,
    "GET /api/v1/procedures/{procedure_id}": Permission.READ,
    "GET /api/v1/regulations": Permission.READ,
    "GET /api/v1/regulations/{short}": Permission.READ,
    "GET /api/v1/reply-time": Permission.READ,
    "GET /api/v1/health": Permission.READ,
    "GET /api/v1/events": Permission.READ,
    "POST /api/v1/feedback": Permission.READ,
    "POST /api/v1/questions": Permission.ACCOUNT,
    "GET /api/v1/questions/mine": Permission.ACCOUNT,
    "POST /api/v1/questions/{question_id}/close": Permission.ACCOUNT,
}
# Only where a provider of the company's accounts is set.
OIDC_PERMISSIONS: dict[str, Permission] = {
    "GET /sign-in/oidc": Permission.PUBLIC,
    f"GET {CALLBACK}": Permission.PUBLIC,
}
UNSAFE = [route for route in PERMISSIONS if not route.startswith("GET ")]
_PARAMETERS = {
    "procedure_id": "contact-change",
    "category": "保全",
    "short": "示例法",
    "path": "icon.svg",
    "at": "2026-01-01T09:30",
    "number": "1",
    "name": "days",
}
_NOBODY = "0" * 32


def routed(application: ASGIApp) -> FastAPI:
    """Return what lies within the middlewares around the application."""
    while not isinstance(application, FastAPI):
        application = application.app  # type: ignore[attr-defined]
    return application


def routes_of(application: ASGIApp) -> list[DeclaredRoute]:
    """Return the routes of pages and API as they are declared."""
    inner = routed(application)
    (gate,) = (item.dependency for item in inner.router.dependencies)
    assert gate is not None
    return declared_routes(inner, gate)


def address_of(route: str) -> str:
    """Return an address of the route, its parameters filled in with what exists or may."""
    path = route.partition(" ")[2]
    for part in path.split("/"):
        if part.startswith("{"):
            name = part.partition("}")[0].strip("{")
            path = path.replace(f"{{{name}}}", _PARAMETERS.get(name, _NOBODY))
    return path
