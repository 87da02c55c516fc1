import { MonitorSmartphone } from 'lucide-react'
import { useDevices } from '../../../sdk/react/index.ts'
import { Row } from '../../components/rows.tsx'
import { Heading } from '../../components/screen.tsx'
import { Tile } from '../../components/tile.tsx'
import { useMessages } from '../../messages/messages.tsx'

/** The devices of the person, this one first. Paper keys are no devices: of them the card of the recovery words tells. */
export const Devices = () => {
  const say = useMessages().person.devices
  const { devices } = useDevices()
  const shown = devices
    .filter(({ isPaper }) => !isPaper)
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.publicKey < b.publicKey ? -1 : 1))
  return (
    <section>
      <Heading>{say.title}</Heading>
      <ul>
        {shown.map(({ publicKey, isOwn, level }) => (
          <Row
            key={publicKey}
            picture={
              <Tile>
                <MonitorSmartphone size={24} aria-hidden />
              </Tile>
            }
            title={isOwn ? say.own : say.other}
          >
            {say.key(publicKey.slice(0, 6))}
            {level !== undefined && ` · ${say.mayAdd}`}
          </Row>
        ))}
      </ul>
    </section>
  )
}
