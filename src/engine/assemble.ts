import { createAttention } from './attention.ts'
import { createAuthorityBook } from './authority/book.ts'
import { createChangesHub } from './changes-hub.ts'
import type { EngineDeps, EngineOptions, EnginePorts } from './deps.ts'
import { createIndexBuilder } from './index-builder.ts'
import { createMaterialiser } from './materialise.ts'
import { createRecentLogs } from './recent-logs.ts'
import { createSchemaRegistry } from './schema-registry.ts'
import { createOpener } from './sealed/opener.ts'
import { createSecretGroups } from './sealed/secret-groups.ts'
import { ownGroups } from './sync/own-groups.ts'
import { createSharedScopes } from './sync/shared-scopes.ts'
import { createWaitingRoom } from './waiting-room.ts'
import { createWriteTurns } from './write-turns.ts'

/** The parts that one engine has one of, put together. They live until `life` is aborted. Starts nothing. */
export function assemble(
  ports: EnginePorts,
  { database, legacyOpenDocuments = false, membership, mayKeep }: EngineOptions,
  life: AbortSignal,
): EngineDeps {
  const changes = createChangesHub(ports.broadcast)
  const secretGroups = createSecretGroups(ports.store)
  const opener = createOpener(secretGroups)
  const schemas = createSchemaRegistry(ports.store, opener, changes)
  const authority = createAuthorityBook({ store: ports.store, schemas, changes, areOpen: legacyOpenDocuments })
  const scopes = createSharedScopes(ports.store, changes)
  const materialiser = createMaterialiser({ ...ports, database, life, changes, schemas, authority, scopes, opener })
  const indexes = createIndexBuilder({ ...ports, life, changes, schemas, materialiser })
  const turns = createWriteTurns(ports.locks, database, life)
  return {
    ...ports,
    database,
    life,
    attention: createAttention(),
    changes,
    schemas,
    secretGroups,
    opener,
    authority,
    scopes,
    membership: membership ?? ownGroups({ ...ports, authority, changes }, mayKeep),
    materialiser,
    indexes,
    recent: createRecentLogs(),
    turns,
    waiting: createWaitingRoom(ports.store, ports.clock),
  }
}
