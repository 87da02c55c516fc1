import { Compass, Radio, Trash2 } from 'lucide-react'
import { useNode, useRelays } from '../../../sdk/react/index.ts'
import { AddressForm } from '../../components/address-form.tsx'
import { Menu } from '../../components/menu.tsx'
import { RelaySwitch } from '../../components/relay-switch.tsx'
import { Row } from '../../components/rows.tsx'
import { Tile } from '../../components/tile.tsx'
import { hostOf } from '../../data/host-of.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { attempt, codeOf, succeeds } from '../../state/trouble.ts'
import css from './settings.module.css'

/** Relays that a person named, and what looks for others there. Nothing is called while there is none. */
export const Relays = () => {
  const t = useMessages()
  const say = t.sync.relays
  const { servers } = useRelays()
  const { shared } = useSync()
  return (
    <section className={css.card} aria-labelledby="relays">
      <h2 id="relays">{say.title}</h2>
      <p className={css.text}>{say.text}</p>
      {servers.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <ul>
            {servers.map((server) => (
              <ServerRow key={server} server={server} />
            ))}
          </ul>
          <p className={css.text}>{say.learns}</p>
          {shared.length > 0 && (
            <div role="group" aria-labelledby="relays-which">
              <p id="relays-which">{say.which}</p>
              {shared.map(({ scope, collection }) => (
                <RelaySwitch key={scope.scope} schemaId={scope.schemaId} label={collection?.name ?? t.sync.onItsWay} />
              ))}
            </div>
          )}
        </>
      )}
      <AddServer />
    </section>
  )
}

const isStun = (server: string): boolean => server.startsWith('stun')

const ServerRow = ({ server }: { readonly server: string }) => {
  const t = useMessages()
  const say = t.sync.relays
  const { isLooking, reached } = useRelays()
  const { relays } = useNode().sync
  const name = isStun(server) ? server.replace(/^stuns?:/, '') : hostOf(server)
  const remove = async (): Promise<void> => {
    if (await succeeds(t, () => relays.remove(server))) toast(say.removed(name))
  }
  return (
    <Row
      picture={<Tile>{isStun(server) ? <Compass size={24} aria-hidden /> : <Radio size={24} aria-hidden />}</Tile>}
      title={name}
      edge={
        <Menu
          label={`${t.shell.more}: ${name}`}
          items={[
            {
              label: t.sync.nodes.remove,
              icon: <Trash2 size={20} aria-hidden />,
              isDangerous: true,
              onChoose: () => void remove(),
            },
          ]}
        />
      }
    >
      {isStun(server)
        ? say.stun
        : isLooking
          ? say.state[reached.includes(server) ? 'reached' : 'unreached']
          : say.relay}
    </Row>
  )
}

const AddServer = () => {
  const t = useMessages()
  const say = t.sync.relays
  const { relays } = useNode().sync
  const add = async (address: string): Promise<boolean | string> =>
    (await attempt(t, async () => {
      try {
        await relays.add(address)
        return true
      } catch (thrown) {
        if (codeOf(thrown) !== 'dial/unsupported') throw thrown
        return say.wrong
      }
    })) ?? false
  return (
    <AddressForm
      label={say.address}
      hint={say.addressHint}
      icon={<Radio size={20} aria-hidden />}
      action={say.add}
      onEnter={add}
    />
  )
}
