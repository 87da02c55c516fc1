import { ChevronRight, MonitorSmartphone, Plus } from 'lucide-react'
import { useState } from 'react'
import { useDevices } from '../../../sdk/react/index.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Heading } from '../../components/screen.tsx'
import { Tile } from '../../components/tile.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { path } from '../../paths.ts'
import { OwnDeviceSheet } from './device-name.tsx'
import css from './devices.module.css'
import { keyDigits } from './removal-plan.ts'
import { RemovalSheet } from './removal-sheet.tsx'

/**
 * The devices of the person, this one first; each opens what it is called and, of the others, what can be done about it. Paper keys are no devices: of them the card of the
 * recovery words tells.
 */
export const Devices = () => {
  const say = usePersonWords().devices
  const { devices } = useDevices()
  const [opened, setOpened] = useState<string>()
  const shown = devices
    .filter(({ isPaper }) => !isPaper)
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.publicKey < b.publicKey ? -1 : 1))
  const device = shown.find(({ publicKey }) => publicKey === opened)
  const close = (): void => setOpened(undefined)
  const picture = (
    <Tile>
      <MonitorSmartphone size={24} aria-hidden />
    </Tile>
  )
  return (
    <section>
      <Heading>{say.title}</Heading>
      <ul>
        {shown.map(({ publicKey, isOwn, level, name }) => {
          const which = isOwn ? say.own : say.other
          const note = [
            ...(name !== undefined && isOwn ? [which] : []),
            say.key(keyDigits(publicKey)),
            ...(level === undefined ? [] : [say.mayAdd]),
          ].join(' · ')
          return (
            <li key={publicKey}>
              <button type="button" className={css.button} aria-haspopup="dialog" onClick={() => setOpened(publicKey)}>
                {picture}
                <span className={css.words}>
                  <bdi className={css.title}>{name ?? which}</bdi>
                  <span className={css.note}>{note}</span>
                </span>
                <ChevronRight className={`directional ${css.edge}`} size={20} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      <div className={css.actions}>
        <ButtonLink icon={<Plus size={20} aria-hidden />} href={path.link()}>
          {say.link}
        </ButtonLink>
      </div>
      {device?.isOwn === true && <OwnDeviceSheet device={device} onClose={close} />}
      {device?.isOwn === false && <RemovalSheet device={device} onClose={close} />}
    </section>
  )
}
