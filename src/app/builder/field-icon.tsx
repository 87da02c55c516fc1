import {
  AlignLeft,
  Calendar,
  CalendarClock,
  CircleDot,
  FileText,
  Hash,
  Image,
  Link,
  Link2,
  type LucideIcon,
  MapPin,
  Mic,
  Pin,
  Star,
  Tags,
  ToggleRight,
  Type,
} from 'lucide-react'
import type { FieldKind } from '../data/field-kind.ts'

const drawings: Readonly<Record<FieldKind, LucideIcon>> = {
  text: Type,
  longText: AlignLeft,
  number: Hash,
  rating: Star,
  yesNo: ToggleRight,
  choice: CircleDot,
  tags: Tags,
  date: Calendar,
  dateTime: CalendarClock,
  place: MapPin,
  link: Link,
  links: Link2,
  exact: Pin,
  photo: Image,
  file: FileText,
  voice: Mic,
}

export const FieldIcon = ({ kind, size = 18 }: { readonly kind: FieldKind; readonly size?: number }) => {
  const Drawing = drawings[kind]
  return <Drawing size={size} strokeWidth={1.8} aria-hidden />
}
