import type { ListMessages } from '../lists.ts'

export const lists = (): ListMessages => ({
  new: 'Neue Liste',
  none: 'Noch keine Listen.',
  noneText: 'Alle in der Gruppe sehen ihre Listen und tragen ein, was ihre Rolle erlaubt.',
  newText: 'Alle in der Gruppe bekommen sie. Verschlüsselt ist sie noch nicht.',
  onlyKeepers: 'Nur wer zuständig ist, legt hier Listen an und baut sie um.',
  may: {
    look: 'Deine Rolle erlaubt dir, mitzulesen; eintragen und ändern nicht.',
    add: 'Deine Rolle erlaubt dir, etwas einzutragen; ändern, was schon dasteht, nicht.',
    change: 'Deine Rolle erlaubt dir, einzutragen und zu ändern; entfernen nicht.',
    stranger: 'Du bist nicht in dieser Gruppe. Was du hier schreibst, würde nicht zählen.',
    banned: 'Du bist nicht mehr in dieser Gruppe. Was du hier schreibst, würde nicht zählen.',
    other: 'Was dieses Gerät hier schreibt, zählt nicht. Warum, steht in der Gruppenpflege.',
  },
  notHere: 'Eine Gruppe, die nicht hier ist',
  copy: {
    title: (name) => `„${name}“ in eine Gruppe kopieren`,
    text: 'Die Dinge werden dort neu angelegt, wie sie jetzt sind. Verknüpfungen, Bilder und Dateien bleiben weg. Was du hier hast, bleibt, wie es ist.',
    none: 'Du bist noch für keine Gruppe zuständig. Nur wer zuständig ist, legt Listen an.',
    done: (things, group) => `In „${group}“ kopiert: ${things}.`,
  },
  withLists: 'Mit Listen für den Anfang',
})
