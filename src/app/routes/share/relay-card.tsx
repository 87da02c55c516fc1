import { Radio } from 'lucide-react'
import { useRelays } from '../../../sdk/react/index.ts'
import { ButtonLink } from '../../components/button.tsx'
import { RelaySwitch } from '../../components/relay-switch.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './share.module.css'

const stateOf = (isLooking: boolean, reached: readonly string[]): 'resting' | 'looking' | 'unreached' => {
  if (!isLooking) return 'resting'
  return reached.length > 0 ? 'looking' : 'unreached'
}

/** Whether devices that share this find each other through relays: off, until a relay is named and this switched on. */
export const RelayCard = ({ schemaId }: { readonly schemaId: string }) => {
  const { t, format } = useSpeech()
  const say = t.sync.relays
  const { status, servers, on, isLooking, reached } = useRelays()
  const relays = servers.filter((server) => server.startsWith('ws'))
  if (status === 'loading') return null
  return (
    <section className={css.card} aria-labelledby="share-relays">
      <h2 id="share-relays">{say.title}</h2>
      <p>{say.text}</p>
      {relays.length === 0 ? (
        <div className={css.actions}>
          <ButtonLink href={path.settings('connections')} icon={<Radio size={20} aria-hidden />}>
            {say.name}
          </ButtonLink>
        </div>
      ) : (
        <>
          <RelaySwitch schemaId={schemaId} label={say.look} hint={say.through(format.list(relays.map(hostOf)))} />
          {on.some((one) => one === schemaId) && <p role="status">{say.state[stateOf(isLooking, reached)]}</p>}
        </>
      )}
      <p className={css.quiet}>{say.learns}</p>
    </section>
  )
}
