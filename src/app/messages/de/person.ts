import type { Format } from '../format.ts'
import type { PersonMessages } from '../person.ts'

export const person = (format: Format): PersonMessages => ({
  unnamed: 'Noch ohne Namen',
  name: {
    give: 'Gib dir einen Namen',
    change: 'Deinen Namen ändern',
    label: 'Dein Name',
    hint: 'Bleibt auf diesem Gerät. Niemand sonst sieht ihn.',
    save: 'Speichern',
    tooLong: 'Zu lang. Nimm einen kürzeren.',
  },
  shortId: 'Kurzname',
  nobody: 'Dein Panda bekommt sein bleibendes Gesicht mit dem ersten Ding, das du behältst.',
  six: {
    title: 'Sechs Wörter, die du bist',
    text: 'Dieselben sechs Wörter auf einem anderen Gerät: Das bist wirklich du. Pandas helfen beim Wiedererkennen, sie beweisen nichts.',
  },
  devices: {
    title: 'Deine Geräte',
    own: 'Dieses Gerät',
    other: 'Ein anderes Gerät',
    key: (digits) => `Schlüssel ${digits}`,
    mayAdd: 'Nimmt Geräte auf und heraus',
    link: 'Gerät verknüpfen',
  },
  words: {
    title: 'Wiederherstellungswörter',
    here: 'Noch nicht auf Papier. Geht dieses Gerät verloren, bringt dich nichts zurück.',
    paper: 'Auf deinem Papier, sonst nirgends.',
    write: 'Aufschreiben',
    before: {
      text: 'Zwölf Wörter, die über allen deinen Geräten stehen. Mit ihnen kann ein neues Gerät deines werden.',
      points: [
        'Nimm Papier und Stift. Ein Foto oder eine Notiz im Telefon ist schnell kopiert.',
        'Wer sie hat, kann du sein. Schau, wer hinter dir steht.',
        'Sobald sie auf Papier stehen, vergisst dieses Gerät sie.',
      ],
      show: 'Die zwölf Wörter zeigen',
      later: 'Nicht jetzt',
    },
    shown: {
      title: 'Deine zwölf Wörter',
      text: 'Schreib sie in dieser Reihenfolge auf.',
      list: 'Die zwölf Wörter in ihrer Reihenfolge',
      done: 'Ich habe sie aufgeschrieben',
    },
    asked: {
      title: 'Schau auf dein Papier',
      text: (places) => `Tipp die Wörter ${format.list(places.map(format.number))} davon ab.`,
      word: (place) => `Wort ${format.number(place)}`,
      missing: (place) => `Wort ${format.number(place)} fehlt.`,
      misspelled: (place, meant) => `Wort ${format.number(place)} schreibt sich nicht so. Meinst du „${meant}“?`,
      unknown: (place) => `Wort ${format.number(place)} ist keines der benutzten Wörter. Lies es noch einmal.`,
      other: (place) =>
        `Wort ${format.number(place)} ist ein anderes. Verbessere dein Papier, oder lies es noch einmal.`,
      check: 'Prüfen',
      again: 'Noch einmal zeigen',
    },
    gone: {
      title: 'Auf deinem Papier',
      text: 'Die Wörter sind fort von diesem Gerät. Nur dein Papier hat sie noch.',
      keep: 'Leg es dorthin, wo du hast, was nicht verloren gehen darf.',
      back: 'Fertig',
    },
  },
})
