import { ChevronRight, MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useDevices } from '../../../sdk/react/index.ts'
import { Row } from '../../components/rows.tsx'
import { Heading } from '../../components/screen.tsx'
import { Tile } from '../../components/tile.tsx'
import { usePersonWords } from '../../messages/person.ts'
import css from './devices.module.css'
import { keyDigits } from './removal-plan.ts'
import { RemovalSheet } from './removal-sheet.tsx'

/**
 * The devices of the person, this one first; each of the others opens what can be done about it. Paper keys are no devices: of them the card of the
 * recovery words tells.
 */
export const Devices = () => {
  const say = usePersonWords().devices
  const { devices } = useDevices()
  const [opened, setOpened] = useState<string>()
  const shown = devices
    .filter(({ isPaper }) => !isPaper)
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.publicKey < b.publicKey ? -1 : 1))
  const picture = (
    <Tile>
      <MonitorSmartphone size={24} aria-hidden />
    </Tile>
  )
  return (
    <section>
      <Heading>{say.title}</Heading>
      <ul>
        {shown.map(({ publicKey, isOwn, level }) => {
          const note = `${say.key(keyDigits(publicKey))}${level === undefined ? '' : ` · ${say.mayAdd}`}`
          return isOwn ? (
            <Row key={publicKey} picture={picture} title={say.own}>
              {note}
            </Row>
          ) : (
            <li key={publicKey}>
              <button type="button" className={css.button} onClick={() => setOpened(publicKey)}>
                {picture}
                <span className={css.words}>
                  <span className={css.title}>{say.other}</span>
                  <span className={css.note}>{note}</span>
                </span>
                <ChevronRight className={`directional ${css.edge}`} size={20} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      {opened !== undefined && <RemovalSheet publicKey={opened} onClose={() => setOpened(undefined)} />}
    </section>
  )
}
