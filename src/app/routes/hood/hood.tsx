import { useLocation } from 'wouter'
import { useHoodWords } from '../../messages/hood.ts'
import { path } from '../../paths.ts'
import { Screen } from '../../components/screen.tsx'
import '../../styles/mono.css'
import { Documents } from './documents.tsx'
import { GroupUnderHood } from './group.tsx'
import css from './hood.module.css'
import { Logs } from './logs.tsx'
import { Operation } from './operation.tsx'
import { Storage } from './storage.tsx'
import { Sync } from './sync.tsx'

type Tab = 'logs' | 'documents' | 'sync' | 'storage'

/** What stands after `/hood/` in the address, as `path.hood(…)` wrote it. */
const partsOf = (place: string): readonly string[] => place.split('/').slice(2).map(decodeURIComponent)

const tabOf = (first: string | undefined): Tab => {
  if (first === 'documents' || first === 'doc' || first === 'group') return 'documents'
  return first === 'storage' || first === 'sync' ? first : 'logs'
}

/** Under the hood: logs with their links, entries down to the byte, operation graphs, what the database holds. Looks only. */
export const Hood = () => {
  const t = useHoodWords()
  const [place] = useLocation()
  const [first, ...ids] = partsOf(place)
  const tab = tabOf(first)
  return (
    <Screen title={t.title} subtitle={t.text} back={path.home()} width="full">
      <nav className={css.tabs} aria-label={t.title}>
        {(['logs', 'documents', 'sync', 'storage'] as const).map((name) => (
          <a key={name} href={path.hood(name)} className={css.tab} aria-current={tab === name ? 'page' : undefined}>
            {t.tabs[name]}
          </a>
        ))}
      </nav>
      {first === 'op' && ids[0] !== undefined ? (
        <Operation id={ids[0]} />
      ) : first === 'group' && ids[0] !== undefined ? (
        <GroupUnderHood id={ids[0]} />
      ) : tab === 'documents' ? (
        <Documents id={ids[0]} />
      ) : tab === 'sync' ? (
        <Sync />
      ) : tab === 'storage' ? (
        <Storage />
      ) : (
        <Logs publicKey={ids[0]} logId={ids[1]} seqNum={ids[2]} />
      )}
    </Screen>
  )
}
