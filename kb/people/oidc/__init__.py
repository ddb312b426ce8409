"""Signing in with the company's OpenID Connect provider.

The code flow with PKCE. The provider says who somebody is; what they may do is decided here alone.
"""

from kb.people.oidc.requests import CALLBACK, LONGEST
from kb.people.oidc.sign_in import OidcAnswer, OidcSignedIn, OidcSignIn, OidcStart

__all__ = ["CALLBACK", "LONGEST", "OidcAnswer", "OidcSignIn", "OidcSignedIn", "OidcStart"]
