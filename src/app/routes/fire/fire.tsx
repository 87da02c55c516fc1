import { Search } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import { IconButton } from '../../components/button.tsx'
import { useGroup } from '../../data/use-groups.ts'
import { useFireWords } from '../../messages/fire.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { GroupFrame } from '../groups/group-frame.tsx'
import { Talk } from './talk.tsx'

/** The campfire of a group: what its people say to each other. */
export const Fire = () => {
  const { group: id = '' } = useParams()
  const say = useFireWords()
  const { status, persons, group } = useGroup(id)
  const [looksFor, setLooksFor] = useState<string>()
  const search = (): void => setLooksFor((text) => text ?? '')
  useKeys({ '/': search })
  return (
    <GroupFrame
      state={{ status, group }}
      here="fire"
      width="full"
      actions={
        <IconButton label={say.search.open} aria-expanded={looksFor !== undefined} onClick={search}>
          <Search size={22} aria-hidden />
        </IconButton>
      }
    >
      {(found) => <Talk group={found} persons={persons} looksFor={looksFor} onLookFor={setLooksFor} />}
    </GroupFrame>
  )
}
