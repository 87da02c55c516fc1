import { ArrowLeft, FileInput, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { useImport } from '../../components/import-file.tsx'
import { useArrival } from '../../components/screen.tsx'
import { fromTemplate, templateIcon, type TemplateName, templateNames } from '../../data/templates.ts'
import { createCollection } from '../../data/write-collection.ts'
import { FireScene } from '../../fire/scene.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import css from './welcome.module.css'

/** First run. A tap starts a list, the next picks what, and its form opens: the third saves the first thing. */
export const Welcome = () => {
  const { publicKey } = useNode()
  const [isPicking, setIsPicking] = useState(false)
  return (
    <div className={classNames(css.welcome, isPicking && css.picking)}>
      <div className={css.scene}>
        <FireScene fire={1.05} seats={isPicking ? [] : [{ of: publicKey, x: -108, y: 70, size: 62 }]} />
      </div>
      <div className={css.body}>
        {isPicking ? <Pick onBack={() => setIsPicking(false)} /> : <Start onList={() => setIsPicking(true)} />}
      </div>
    </div>
  )
}

const Start = ({ onList }: { readonly onList: () => void }) => {
  const t = useMessages()
  const say = t.start.welcome
  const heading = useArrival(say.title)
  const { choose, view } = useImport(() => go(path.home()))
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={css.title}>
        {say.title}
      </h1>
      <p className={css.text}>{say.text}</p>
      <div className={css.actions}>
        <Button tone="fire" isLarge isWide icon={<Plus size={20} aria-hidden />} onClick={onList}>
          {say.list}
        </Button>
        <Button
          tone="outline"
          isLarge
          isWide
          className={css.outline}
          icon={<FileInput size={20} aria-hidden />}
          onClick={choose}
        >
          {say.import}
        </Button>
        <ButtonLink tone="plain" className={css.quiet} href={path.link()}>
          {say.device}
        </ButtonLink>
        <ButtonLink tone="plain" className={css.quiet} href={path.recover()}>
          {say.words}
        </ButtonLink>
      </div>
      {view}
    </>
  )
}

const Pick = ({ onBack }: { readonly onBack: () => void }) => {
  const t = useMessages()
  const say = t.start.welcome
  const node = useNode()
  const heading = useArrival(say.pick)
  const [isMaking, setIsMaking] = useState(false)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [heading])
  const make = async (template: TemplateName): Promise<void> => {
    setIsMaking(true)
    const id = await attempt(t, () => createCollection(node, fromTemplate(template, t.templates)))
    setIsMaking(false)
    if (id !== undefined) go(path.add(id))
  }
  return (
    <>
      <Button
        tone="plain"
        className={css.back}
        icon={<ArrowLeft className="directional" size={20} aria-hidden />}
        onClick={onBack}
      >
        {say.back}
      </Button>
      <h1 ref={heading} tabIndex={-1} className={css.title}>
        {say.pick}
      </h1>
      <p className={css.text}>{say.pickText}</p>
      <ul className={css.templates}>
        {templateNames.map((template) => (
          <li key={template}>
            <button type="button" className={css.template} disabled={isMaking} onClick={() => void make(template)}>
              <CollectionTile icon={templateIcon[template]} size={40} />
              <span>
                <span className={css.templateName}>{t.templates[template].name}</span>
                <span className={css.templateAbout}>{t.templates[template].about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
