import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import css from './rows.module.css'

/** One line of a list: picture, title, words, something at the edge. With `href` all of it is one link. */
export const Row = ({
  href,
  picture,
  title,
  children,
  edge,
  isWhole = false,
  className,
}: {
  readonly href?: string
  readonly picture?: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly edge?: ReactNode
  /** All of the words are shown, not two lines of them. */
  readonly isWhole?: boolean
  readonly className?: string
}) => {
  const inside = (
    <>
      {picture}
      <span className={css.words}>
        <span className={css.title} dir="auto">
          {title}
        </span>
        {children !== undefined && (
          <span className={css.text} dir="auto">
            {children}
          </span>
        )}
      </span>
      {edge !== undefined && <span className={css.edge}>{edge}</span>}
    </>
  )
  return (
    <li>
      {href === undefined ? (
        <div className={classNames(css.row, isWhole && css.whole, className)}>{inside}</div>
      ) : (
        <a className={classNames(css.row, isWhole && css.whole, className)} href={href}>
          {inside}
        </a>
      )}
    </li>
  )
}
