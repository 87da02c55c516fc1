import { ok } from '../../core/result.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import { watch } from '../watch.ts'
import type { InvitesApi } from './api.ts'
import { dropPlace, knockWith } from './knock.ts'
import { livingInvites, makeInvite } from './make-invite.ts'
import { openKnocks } from './open-knocks.ts'
import { knockedPlaces } from './places.ts'

/** Invites over the parts of an engine. */
export function createInvites(deps: EngineDeps): InvitesApi {
  return {
    makeInvite: (draft, call) => attempt(() => makeInvite(deps, draft, call), call.signal),
    watchInvites: (group, call) =>
      watch(
        deps,
        ({ authority }) => authority === true,
        async (report) => {
          await deps.materialiser.settled()
          report(ok(await livingInvites(deps, group)))
        },
        call,
      ),
    watchKnocks: (group, call) =>
      watch(
        deps,
        ({ authority }) => authority === true,
        async (report) => {
          await deps.materialiser.settled()
          report(ok(await openKnocks(deps, group)))
        },
        call,
      ),
    knock: (link, name, call) => attempt(() => knockWith(deps, link, name, call), call.signal),
    dropPlace: (key) =>
      attempt(async () => {
        await dropPlace(deps, key)
        return ok(undefined)
      }),
    watchPlaces: (call) =>
      watch(
        deps,
        ({ authority, identity }) => authority === true || identity === true,
        async (report) => {
          await deps.materialiser.settled()
          report(ok(await knockedPlaces(deps)))
        },
        call,
      ),
  }
}
