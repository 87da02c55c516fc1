import '../styles/identity.css'
import { ChevronsUpDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useNode, usePerson, usePetnames } from '../../sdk/react/index.ts'
import { ButtonLink } from '../components/button.tsx'
import { IdentityFace } from '../components/identity-face.tsx'
import { IdentityList } from '../components/identity-list.tsx'
import { Sheet } from '../components/sheet.tsx'
import { deleteGone, livingOf, noteIdentity, noteUse } from '../data/identities.ts'
import { useOwnIdentity } from '../data/use-own-identity.ts'
import { nameOfIdentity, useIdentityWords } from '../messages/identities.ts'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { type Identity, mine, useIdentities } from '../state/identities.ts'
import { attempt } from '../state/trouble.ts'
import css from './whose-turn.module.css'

/** Over every screen where somebody may be several: who this tab is, in its colour, and the way to be another. */
export const WhoseTurn = () => {
  const { all } = useIdentities()
  const [place] = useLocation()
  const own = useOwnIdentity()
  useBeginning(own)
  useDeletion()
  useEffect(() => {
    if (own !== undefined) noteIdentity(own)
  }, [own])
  useEffect(() => {
    const note = (): void => {
      if (document.visibilityState === 'visible') noteUse()
    }
    note()
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [])
  const hasOthers = livingOf(all).length > 1
  useEffect(() => {
    if (!hasOthers) return
    document.documentElement.dataset.identity = mine.tone
    return () => {
      delete document.documentElement.dataset.identity
    }
  }, [hasOthers])
  if (!hasOthers || own === undefined) return null
  // Whoever goes elsewhere leaves the switcher.
  return <Strip key={place} own={own} place={place} />
}

const Strip = ({ own, place }: { readonly own: Identity; readonly place: string }) => {
  const say = useIdentityWords()
  const [isOpen, setIsOpen] = useState(false)
  const close = (): void => setIsOpen(false)
  const isLink = /^\/(join|node)\//.test(place)
  return (
    <section className={css.turn} aria-label={say.title}>
      <button type="button" className={css.who} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <IdentityFace identity={own} size={30} />
        <bdi className={css.name}>{say.turn(nameOfIdentity(own, say))}</bdi>
        <span className={css.change}>
          {say.change}
          <ChevronsUpDown size={18} aria-hidden />
        </span>
      </button>
      {isOpen && (
        <Sheet
          title={isLink ? say.otherwise : say.title}
          onClose={close}
          actions={
            <ButtonLink href={path.you()} onClick={close}>
              {say.manage}
            </ButtonLink>
          }
        >
          {/* A link from outside is opened as whoever one becomes; other addresses may lead nowhere there. */}
          <IdentityList place={isLink ? undefined : '/'} />
          <p className={css.text}>{say.changeText}</p>
        </Sheet>
      )}
    </section>
  )
}

/** Calls the person of an identity that was begun as was said then, once there is one: with the first thing it keeps, or by its recovery words. */
const useBeginning = (own: Identity | undefined): void => {
  const t = useMessages()
  const node = useNode()
  const person = usePerson().person?.id
  const { petnames } = usePetnames()
  useEffect(() => {
    if (own?.isNew !== true || person === undefined) return
    const begin = async (): Promise<void> => {
      if (own.called !== undefined && !petnames.has(person)) await node.identity.petnames.set(person, own.called)
      const { isNew: _, ...known } = own
      noteIdentity(known)
    }
    void attempt(t, begin)
  }, [t, node, own, person, petnames])
}

/** Deletes what is left of an identity that was removed, in whichever tab comes to it first. */
const useDeletion = (): void => {
  const t = useMessages()
  const hasGone = useIdentities(({ all }) => all.some(({ isGone }) => isGone === true))
  useEffect(() => {
    if (hasGone) void attempt(t, deleteGone)
  }, [hasGone, t])
}
