import { assert } from '../core/assert.ts'
import { roleFlags } from '../core/authority/entry.ts'
import { flagFields } from '../core/authority/flag-fields.ts'
import type { DocumentId, SchemaId } from '../core/ids.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Draft, EngineApi, Published } from '../engine/api.ts'
import type { Target } from '../engine/authority/api.ts'
import type { CanTarget, GroupNode, GroupNodesView, Groups } from './groups-types.ts'
import { liveView } from './live.ts'
import type { PresenceView } from './sync-types.ts'
import { toDocumentId, toSchemaId, toSubject } from './parse.ts'
import type { Live } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

const never = new AbortController().signal
const schemas = {
  group: systemSchemaId('key_group_v1'),
  request: systemSchemaId('key_group_membership_request_v1'),
  membership: systemSchemaId('key_group_membership_v1'),
  node: systemSchemaId('group_node_v1'),
} as const

/** What is asked about, as the engine takes it. */
export function toTarget(target: CanTarget): Target {
  if (typeof target === 'string' || 'id' in target) return { document: toDocumentId(target) }
  return { group: toDocumentId(target.group), schema: target.schema === undefined ? '*' : toSchemaId(target.schema) }
}

/** The nodes that serve a group, live. */
export const groupNodesView = (api: Pick<EngineApi, 'watchGroupNodes'>, group: DocumentId): Live<GroupNodesView> =>
  liveView<readonly GroupNode[], GroupNodesView>({
    initial: { status: 'loading', nodes: [] },
    watch: (call) => api.watchGroupNodes(group, call),
    next: (nodes) => ({ status: 'ready', nodes }),
  })

/** Who of a group is there, live. */
const presenceView = (api: Pick<EngineApi, 'watchPresence'>, group: DocumentId): Live<PresenceView> =>
  liveView<PresenceView['present'], PresenceView>({
    initial: { status: 'loading', present: [] },
    watch: api.watchPresence,
    next: (present) => ({ status: 'ready', present: present.filter((one) => one.group === group) }),
  })

/** Groups over an engine. */
export function groupsOf(api: EngineApi): Groups {
  const publish = async (...drafts: readonly Draft[]): Promise<Published> => {
    const [first] = await answerOf(api.publish(drafts, { signal: never }))
    assert(first, 'a draft gives an operation')
    return first
  }
  const create = (schema: SchemaId, fields: Extract<Draft, { readonly action: 'create' }>['fields']): Draft => ({
    action: 'create',
    schema,
    fields,
  })
  return {
    create: async (name, { founder } = {}) => {
      const person = founder === undefined ? undefined : toDocumentId(founder)
      const group = { ref: 'group' }
      const published = await publish(
        { ...create(schemas.group, { name, members: [], ...(person && { founder: person }) }), as: 'group' },
        { ...create(schemas.request, { key_group: group, ...(person && { member: person }) }), as: 'request' },
        create(schemas.membership, {
          key_group: group,
          request: { ref: 'request' },
          ...flagFields(roleFlags('keeper')),
        }),
      )
      return published.documentId
    },
    ask: async (group, { member } = {}) => {
      const asks = { key_group: toDocumentId(group), ...(member !== undefined && { member: toDocumentId(member) }) }
      return (await publish(create(schemas.request, asks))).documentId
    },
    accept: async (request, { group, role, schema }) => {
      const place = {
        key_group: toDocumentId(group),
        request: toDocumentId(request),
        ...(schema !== undefined && { schema: toSchemaId(schema) }),
        ...flagFields(roleFlags(role)),
      }
      return (await publish(create(schemas.membership, place))).documentId
    },
    setRole: async (group, member, role, { schema, signal = never } = {}) =>
      answerOf(
        api.changeMember(
          {
            group: toDocumentId(group),
            subject: toSubject(member),
            range: schema === undefined ? '*' : toSchemaId(schema),
            ...(role && { role }),
          },
          { signal },
        ),
      ),
    presence: (group) => presenceView(api, toDocumentId(group)),
    sayPresence: async (group, presence) => answerOf(api.sayPresence(toDocumentId(group), presence)),
    nodes: (group) => groupNodesView(api, toDocumentId(group)),
    admitNode: async (group, { publicKey, transportKey, address }) => {
      const fields = { group: toDocumentId(group), key: publicKey, transport_key: transportKey, address }
      return (await publish(create(schemas.node, fields))).documentId
    },
    dismissNode: async ({ id }) => void (await publish({ action: 'delete', document: id })),
    summary: async (group) => answerOf(api.group(toDocumentId(group))),
    controlClosure: async (group) => answerOf(api.controlClosure(toDocumentId(group))),
    onRejudged: (listener) => {
      const end = new AbortController()
      void api.watchRejudged({ signal: end.signal, report: listener }).catch(() => undefined)
      return () => end.abort()
    },
  }
}
