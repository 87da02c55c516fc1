import { useNode, useRelays } from '../../sdk/react/index.ts'
import { useMessages } from '../messages/messages.tsx'
import { attempt } from '../state/trouble.ts'
import { Switch } from './field.tsx'

/** Whether a shared collection looks for others through relays. */
export const RelaySwitch = ({
  schemaId,
  label,
  hint,
}: {
  /** First version of its schema. */
  readonly schemaId: string
  readonly label: string
  readonly hint?: string
}) => {
  const t = useMessages()
  const { relays } = useNode().sync
  const { on } = useRelays()
  return (
    <Switch
      label={label}
      {...(hint !== undefined && { hint })}
      checked={on.some((one) => one === schemaId)}
      onChange={(event) =>
        void attempt(t, () => (event.target.checked ? relays.turnOn(schemaId) : relays.turnOff(schemaId)))
      }
    />
  )
}
