import type { PublicKey } from '../../core/ids.ts'
import type { ScopeRecord, SharedScopes } from './shared-scopes.ts'

/**
 * Which scopes may this key have? The one place that sessions, interests and the outbox ask. Until there are key groups there are scopes
 * of schemas only, and they are everybody's.
 */
export const scopesFor = (shared: SharedScopes, _key: PublicKey): Promise<readonly ScopeRecord[]> => shared.all()
