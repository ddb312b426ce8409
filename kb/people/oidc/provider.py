"""The company's provider: what it publishes, and what it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from kb.clock import Clock
from kb.people.oidc.failures import error_code, give_up, refuse
from kb.people.oidc.id_token import Expectation, Identity, read_id_token
from kb.people.oidc.kept import Kept
from kb.people.oidc.requests import CALLBACK, OidcRequest
from kb.settings import Settings

TIMEOUT_SECONDS = 5.0
_KEY_TYPES = ("RSA", "EC", "OKP")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcProvider:
    """Asks the provider of the settings. Threads may share it."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Ask nothing yet."""
        self._settings = settings
        self._clock = clock
        well_known = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
        self._metadata = Kept(lambda: self._read_metadata(well_known))
        self._keys = Kept(lambda: _read_keys(self._endpoint("jwks_uri")))

    def sign_in_address(self, state: str, request: OidcRequest) -> str:
        """Return where a browser goes to sign in. Raises ProviderUnavailable."""
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                nonce=request.nonce,
                code_verifier=request.code_verifier,
            )
        return str(address)

    def redeem(self, code: str, request: OidcRequest) -> Identity:
        """Return who signed in. A code can be redeemed once.

        Raises ProviderUnavailable, ProviderAnswerRefused; the reason is logged.
        """
        token = self._fetch_token(code, request)
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            refuse("no id token")
        expected = Expectation(
            issuer=self._settings.oidc_issuer,
            client_id=self._settings.oidc_client_id,
            nonce=request.nonce,
            access_token=str(token.get("access_token", "")),
            now=self._clock(),
        )
        claim = self._settings.oidc_login_claim
        try:
            try:
                return read_id_token(id_token, self._keys.get(), expected, claim)
            except InvalidKeyIdError:
                # The provider may have a new key.
                return read_id_token(id_token, self._keys.renewed(), expected, claim)
        except JoseError as error:
            refuse(_reason(error))
        except (TypeError, ValueError) as error:
            refuse(f"a claim is no such thing: {type(error).__name__}")

    def _fetch_token(self, code: str, request: OidcRequest) -> Mapping[str, Any]:
        address = self._endpoint("token_endpoint")
        try:
            with self._client() as client:
                token: Mapping[str, Any] = client.fetch_token(
                    address, code=code, code_verifier=request.code_verifier
                )
                return token
        except OAuthError as error:
            refuse(f"the token endpoint says {error_code(error.error)}")
        except (httpx2.HTTPError, ValueError) as error:
            give_up(address, type(error).__name__)

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._settings.oidc_client_id,
            self._settings.oidc_client_secret,
            token_endpoint_auth_method=self._auth_method(),
            scope="openid profile email",
            redirect_uri=f"{self._settings.public_url}{CALLBACK}",
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
        )

    def _auth_method(self) -> str:
        methods = self._metadata.get().get("token_endpoint_auth_methods_supported")
        uses_basic = methods is None or "client_secret_basic" in methods
        return "client_secret_basic" if uses_basic else "client_secret_post"

    def _endpoint(self, name: str) -> str:
        return str(self._metadata.get()[name])

    def _read_metadata(self, address: str) -> Mapping[str, Any]:
        metadata = _read_json(address)
        issuer = self._settings.oidc_issuer
        if metadata.get("issuer") != issuer:
            give_up(address, "names another issuer")
        # For trying, the issuer itself may be on this machine without https.
        schemes = ("https://", issuer[: issuer.index("//") + 2])
        if not all(str(metadata.get(name)).startswith(schemes) for name in _ENDPOINTS):
            give_up(address, "lacks an endpoint, or has one without https")
        # Many that know it do not say so.
        if "S256" not in metadata.get("code_challenge_methods_supported", ["S256"]):
            give_up(address, "knows no PKCE with S256")
        return metadata


def _reason(error: JoseError) -> str:
    # Not all that it says: another issuer or audience could be anything.
    return f"{error.error} {getattr(error, 'claim', '')}"


def _read_keys(address: str) -> KeySet:
    """Return the keys that tokens are signed with; those of kinds that we know."""
    keys = _read_json(address).get("keys")
    if not isinstance(keys, list):
        give_up(address, "publishes no keys")
    try:
        return KeySet.import_key_set({"keys": [key for key in keys if _signs_tokens(key)]})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        give_up(address, f"publishes keys that cannot be read: {type(error).__name__}")


def _signs_tokens(key: Any) -> bool:
    return isinstance(key, dict) and key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"


def _read_json(address: str) -> Mapping[str, Any]:
    """Return the object that lies at `address` itself: it is not looked for elsewhere."""
    try:
        response = httpx2.get(address, timeout=TIMEOUT_SECONDS)
        response.raise_for_status()
        content = response.json()
    except (httpx2.HTTPError, ValueError) as error:
        give_up(address, type(error).__name__)
    if not isinstance(content, dict):
        give_up(address, "answers with something else than an object")
    return content
