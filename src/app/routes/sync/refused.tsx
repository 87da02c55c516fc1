import { useOutbox } from '../../../sdk/react/index.ts'
import { Heading } from '../../components/screen.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useMessages } from '../../messages/messages.tsx'
import { RefusedRows } from './refused-rows.tsx'
import { TryAgain } from './try-again.tsx'

/** What nodes did not take, in their own words, and the way to try again. Nothing where nothing was refused. */
export const Refused = () => {
  const t = useMessages()
  const say = t.sync.refused
  const nodes = useOutbox().nodes.filter(({ refused }) => refused.length > 0)
  if (nodes.length === 0) return null
  return (
    <section aria-labelledby="refused">
      <Heading id="refused">{say.title}</Heading>
      {nodes.map(({ target, url, refused }) => (
        <div key={target}>
          <RefusedRows refused={refused} title={t.sync.node(hostOf(url))} />
          <TryAgain target={target} label={say.again} />
        </div>
      ))}
    </section>
  )
}
