import {
  BookOpen,
  Camera,
  CalendarDays,
  ChartColumn,
  CookingPot,
  Handshake,
  Heart,
  Leaf,
  List,
  ListChecks,
  type LucideIcon,
  MapPin,
  Music,
  Package,
  SquareKanban,
  Users,
  Wrench,
} from 'lucide-react'
import { type CollectionIcon as Name, iconTone } from '../data/collection-icon.ts'
import { classNames } from './class-names.ts'
import css from './collection-icon.module.css'
import tones from './tones.module.css'

const drawings: Readonly<Record<Name, LucideIcon>> = {
  camera: Camera,
  box: Package,
  board: SquareKanban,
  checks: ListChecks,
  hands: Handshake,
  list: List,
  leaf: Leaf,
  book: BookOpen,
  heart: Heart,
  tool: Wrench,
  pin: MapPin,
  calendar: CalendarDays,
  people: Users,
  chart: ChartColumn,
  music: Music,
  pot: CookingPot,
}

/** The picture alone, as lines in the colour of the text beside it. */
export const CollectionGlyph = ({ icon, size = 20 }: { readonly icon: Name; readonly size?: number }) => {
  const Drawing = drawings[icon]
  return <Drawing size={size} strokeWidth={1.8} aria-hidden />
}

/** The picture on its tinted tile. */
export const CollectionTile = ({
  icon,
  size = 52,
  isChosen = false,
}: {
  readonly icon: Name
  readonly size?: number
  readonly isChosen?: boolean
}) => (
  <span
    className={classNames(css.tile, isChosen ? css.chosen : tones[iconTone[icon]])}
    style={{ ['--size' as string]: `${size}px` }}
  >
    <CollectionGlyph icon={icon} size={Math.round(size * 0.46)} />
  </span>
)
