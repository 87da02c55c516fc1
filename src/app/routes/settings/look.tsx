import { Choices, Switch } from '../../components/field.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { looks, textSizes, useSettings } from '../../state/settings.ts'
import css from './settings.module.css'

export const LookSettings = () => {
  const say = useMessages().you.settings.look
  const { look, textSize, keys, set } = useSettings()
  return (
    <>
      <Choices
        label={say.label}
        value={look}
        options={(['system', ...looks] as const).map((value) => ({ value, label: say[value] }))}
        onChange={(next) => set({ look: next })}
      />
      <p className={css.text}>{say.paperText}</p>
      <Choices
        label={say.textSize}
        value={textSize}
        options={textSizes.map((value, at) => ({ value, label: say.sizes[at] ?? value }))}
        onChange={(next) => set({ textSize: next })}
      />
      <p className={css.sample}>{say.sample}</p>
      <Switch
        label={say.keys}
        hint={say.keysText}
        checked={keys}
        onChange={(event) => set({ keys: event.target.checked })}
      />
    </>
  )
}
