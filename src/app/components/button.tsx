import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import css from './button.module.css'

interface Look {
  /** `primary` once a screen; `fire` on the night scene; `soft` and `outline` beside it; `plain` is only words. */
  readonly tone?: 'primary' | 'fire' | 'soft' | 'outline' | 'danger' | 'plain'
  readonly isLarge?: boolean
  readonly isWide?: boolean
  readonly icon?: ReactNode
}

const classes = (tone: Look['tone'] = 'soft', isLarge = false, isWide = false, more?: string): string =>
  classNames(css.button, css[tone], isLarge && css.large, isWide && css.wide, more)

/** Does something. Says what happens, in the words of the message that follows. */
export const Button = ({
  tone,
  isLarge,
  isWide,
  icon,
  className,
  children,
  ...rest
}: Look & ComponentPropsWithRef<'button'>) => (
  <button type="button" {...rest} className={classes(tone, isLarge, isWide, className)}>
    {icon}
    {children}
  </button>
)

/** Goes somewhere, and looks like a button. */
export const ButtonLink = ({
  tone,
  isLarge,
  isWide,
  icon,
  className,
  children,
  ...rest
}: Look & ComponentPropsWithRef<'a'>) => (
  <a {...rest} className={classes(tone, isLarge, isWide, className)}>
    {icon}
    {children}
  </a>
)

/** An icon alone; `label` is its name for those who cannot see it, and its tooltip. */
export const IconButton = ({
  label,
  className,
  children,
  ...rest
}: { readonly label: string } & ComponentPropsWithRef<'button'>) => (
  <button type="button" aria-label={label} title={label} {...rest} className={classNames(css.icon, className)}>
    {children}
  </button>
)

export const IconLink = ({
  label,
  className,
  children,
  ...rest
}: { readonly label: string } & ComponentPropsWithRef<'a'>) => (
  <a aria-label={label} title={label} {...rest} className={classNames(css.icon, className)}>
    {children}
  </a>
)
