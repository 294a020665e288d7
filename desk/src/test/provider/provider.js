// provider.js ISSUER CLIENT SECRET BACK: a certified OpenID provider for a test, which believes any name and password.
import { Provider } from 'oidc-provider';

const [issuer, client_id, client_secret, back] = process.argv.slice(2);
const provider = new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris: [back] }],
  claims: { openid: ['sub'], profile: ['preferred_username'], roles: ['roles'] },
  scopes: ['openid', 'profile', 'roles'],
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, roles: [`hotline-${id}`] }),
  }),
});
provider.listen(new URL(issuer).port, '127.0.0.1', () => console.log('listening'));
