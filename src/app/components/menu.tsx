import { Ellipsis } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './menu.module.css'

export interface MenuItem {
  readonly label: string
  readonly icon?: ReactNode
  readonly isDangerous?: boolean
  /** Only its icon is shown, side by side with others of its kind. */
  readonly isSmall?: boolean
  readonly onChoose: () => void
}

/** Three dots and what they offer: a native popover with the keys of a menu (arrows, Home, End, Escape). */
export const Menu = ({
  label,
  items,
  icon,
  className,
}: {
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly icon?: ReactNode
  readonly className?: string
}) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)

  const place = (): void => {
    if (button.current === null || menu.current === null) return
    const from = button.current.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = menu.current
    const isRightToLeft = getComputedStyle(button.current).direction === 'rtl'
    const left = isRightToLeft ? from.left : from.right - width
    const below = from.bottom + 4
    menu.current.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    menu.current.style.top = `${below + height > innerHeight ? Math.max(8, from.top - height - 4) : below}px`
  }
  const move = (event: KeyboardEvent): void => {
    const all = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const along = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      ArrowRight: at + along,
      ArrowLeft: at - along,
      Home: 0,
      End: all.length - 1,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    all.at(next % all.length)?.focus()
  }

  return (
    <>
      <IconButton
        ref={button}
        label={label}
        popoverTarget={id}
        aria-haspopup="menu"
        {...(className === undefined ? {} : { className })}
      >
        {icon ?? <Ellipsis size={22} aria-hidden />}
      </IconButton>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className={css.menu}
        onKeyDown={move}
        onToggle={(event) => {
          if (event.newState !== 'open') return
          place()
          menu.current?.querySelector('button')?.focus()
        }}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={classNames(
              css.item,
              item.isDangerous === true && css.danger,
              item.isSmall === true && css.small,
            )}
            {...(item.isSmall === true ? { 'aria-label': item.label, title: item.label } : {})}
            onClick={() => {
              menu.current?.hidePopover()
              item.onChoose()
            }}
          >
            {item.icon}
            {item.isSmall !== true && item.label}
          </button>
        ))}
      </div>
    </>
  )
}
