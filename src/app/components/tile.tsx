import type { ReactNode } from 'react'
import css from './tile.module.css'

/** An icon on a soft square, where others have a picture. */
export const Tile = ({ children }: { readonly children: ReactNode }) => <span className={css.tile}>{children}</span>
