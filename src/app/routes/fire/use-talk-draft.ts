import { useCallback, useRef, useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { readTalkDraft, type TalkDraft, writeTalkDraft } from '../../data/talk-draft.ts'
import { placeOf } from '../../state/identities.ts'

/** Beside the drafts of forms, for the same reason: a page that is closed waits for no database. */
const place = (group: DocumentId): string => placeOf(`draft/fire/${group}`)

const readKept = (group: DocumentId): TalkDraft => {
  try {
    return readTalkDraft(localStorage.getItem(place(group)))
  } catch {
    // Not to be read: as if nothing was kept.
    return readTalkDraft(null)
  }
}

const keep = (group: DocumentId, draft: TalkDraft): void => {
  const kept = writeTalkDraft(draft)
  try {
    if (kept === undefined) localStorage.removeItem(place(group))
    else localStorage.setItem(place(group), kept)
  } catch {
    // A draft that cannot be kept is no trouble yet: it is still on the screen.
  }
}

/** What is about to be said in a group: the draft, and what changes it. Each change is kept on this device at once. */
export const useTalkDraft = (
  group: DocumentId,
): readonly [draft: TalkDraft, change: (step: (now: TalkDraft) => TalkDraft) => void] => {
  const [draft, setDraft] = useState(() => readKept(group))
  const latest = useRef(draft)
  const change = useCallback(
    (step: (now: TalkDraft) => TalkDraft): void => {
      latest.current = step(latest.current)
      keep(group, latest.current)
      setDraft(latest.current)
    },
    [group],
  )
  return [draft, change]
}
