import type { DeviceMessages } from '../devices.ts'
import { either } from '../either.ts'
import type { Format } from '../format.ts'

export const devices = (format: Format): DeviceMessages => ({
  key: (digits) => `Schlüssel ${digits}`,
  useWords: 'Wörter benutzen',
  notHere: 'Nicht auf diesem Gerät. Sie sind auf deinem Papier oder auf dem Gerät, das sie zuletzt gemacht hat.',
  removal: {
    title: 'Ein anderes Gerät',
    text: 'Hast du es nicht mehr? Dann nimm es heraus.',
    how: 'Was damit geschehen ist',
    lost: 'Verloren',
    stolen: 'Gestohlen',
    lostText: 'Niemand hat es, soweit du weißt. Alles, was es geschrieben hat, bleibt.',
    stolenText:
      'Vielleicht hat es jemand und schreibt damit. Was es nach diesem Zeitpunkt geschrieben hat, zählt nicht.',
    since: 'Zuletzt sicher in deinen Händen',
    sinceHint: 'Es zählt, wann etwas auf diesem Gerät ankam.',
    sinceMissing: 'Wähle Tag und Uhrzeit.',
    sinceAhead: 'Das kommt erst noch. Wähle einen früheren Zeitpunkt.',
    what: 'Was geschieht',
    kept: (logs) =>
      format.plural(logs, {
        one: 'Eines seiner Logs bleibt.',
        other: '{n} seiner Logs bleiben.',
        zero: 'Keines seiner Logs bleibt.',
      }),
    leftOut: (entries) =>
      format.plural(entries, {
        one: 'Ein Eintrag, der seither ankam, zählt nicht mehr.',
        other: '{n} Einträge, die seither ankamen, zählen nicht mehr.',
        zero: 'Seither kam nichts von ihm.',
      }),
    stays: (key) => `Schlüssel ${key} wurde von ihm aufgenommen und bleibt.`,
    leaves: (key) => `Schlüssel ${key} wurde von ihm aufgenommen und ist auch draußen.`,
    nobody: 'Es hat niemanden aufgenommen.',
    hasIt: 'Es spricht nicht mehr für dich. Was es schon hat, behält es.',
    isFinal: 'Das ist endgültig: Mit jenem Gerät lässt es sich nicht zurücknehmen.',
    notFinal:
      'Es steht über diesem Gerät: Wer es hat, könnte das zurücknehmen. Deine Wiederherstellungswörter machen es endgültig.',
    takeOut: 'Herausnehmen',
    sure: 'Dieses Gerät aus deinen herausnehmen? Unterschrieben wird erst, wenn du es sagst.',
    really: 'Ja, herausnehmen',
    rather: 'Lieber nicht',
    out: (logs) =>
      format.plural(logs, {
        one: 'Es ist draußen. Eines seiner Logs bleibt.',
        other: 'Es ist draußen. {n} seiner Logs bleiben.',
        zero: 'Es ist draußen.',
      }),
    softlyOut:
      'Es ist draußen. Wer es hat, könnte das zurücknehmen, bis deine Wiederherstellungswörter es endgültig machen.',
  },
  recover: {
    title: 'Zwölf Wörter',
    text: 'Mit den zwölf Wörtern von deinem Papier wird dieses Gerät eines von deinen.',
    textOwn:
      'Mit den zwölf Wörtern von deinem Papier sind verlorene Geräte endgültig draußen, und du bekommst neue Wörter.',
    label: 'Deine zwölf Wörter',
    hint: 'In ihrer Reihenfolge, mit Leerzeichen dazwischen. Einfügen geht auch.',
    count: (typed) => `${format.number(typed)} von ${format.number(12)}`,
    suggestions: 'Wörter, die so beginnen',
    meant: 'Wörter, die gemeint sein könnten',
    check: 'Wörter prüfen',
    misspelled: (place, meant) =>
      `Wort ${format.number(place)} schreibt sich nicht so. Meinst du ${either(
        format,
        meant.map((word) => `„${word}“`),
      )}?`,
    unknown: (place) => `Wort ${format.number(place)} ist keines der benutzten Wörter. Lies es noch einmal.`,
    mend: (meant) => `„${meant}“ nehmen`,
    absent: {
      title: 'Richtige Wörter, hier noch nichts',
      text: 'Die Wörter passen zusammen. Aber von dem Menschen, dem sie gehören, ist auf diesem Gerät noch nichts, und kein anderes Gerät wurde gefragt.',
      how: 'Bring es zuerst hierher: Importiere eine Kopie, in der alles ist, oder verbinde dich mit einem anderen deiner Geräte.',
      import: 'Kopie importieren',
      meet: 'Verbinden',
      again: 'Wörter ändern',
    },
    owner: {
      title: 'Das sind deine Wörter',
      belong: 'Sie stehen über allen Geräten dieses Menschen.',
      what: 'Was geschieht',
      joins: 'Dieses Gerät wird eines von deinen.',
      remains: 'Dieses Gerät bleibt eines von deinen.',
      renewed: 'Die getippten Wörter enden damit. Du bekommst zwölf neue zum Aufschreiben.',
      known:
        'Es gilt, was auf diesem Gerät ist. Wissen deine anderen Geräte Neueres? Dann bring zuerst eine neuere Kopie.',
      lost: 'Welche davon hast du nicht mehr?',
      lostText: 'Angekreuzte werden herausgenommen. Was sie geschrieben haben, bleibt.',
      only: 'Hier ist kein anderes Gerät von dir bekannt.',
      join: 'Dieses Gerät zu meinem machen',
      renew: 'Wörter erneuern',
      takeOut: 'Herausnehmen und Wörter erneuern',
      back: 'Nicht jetzt',
    },
    done: {
      title: 'Dieses Gerät ist deines',
      text: 'Die getippten Wörter öffnen nichts mehr. Bis du die neuen aufgeschrieben hast, hat nur dieses Gerät sie.',
      write: 'Die neuen Wörter aufschreiben',
      later: 'Später',
    },
  },
  trouble: {
    'words/count': 'Wiederherstellungswörter sind zwölf. Tipp alle, mit Leerzeichen dazwischen.',
    'words/unknown': 'Eines davon steht nicht in der Liste der Wiederherstellungswörter.',
    'words/checksum':
      'Jedes davon ist ein Wiederherstellungswort, aber sie gehören nicht zusammen. Eines ist ein anderes, oder zwei sind vertauscht. Vergleich sie mit deinem Papier.',
    'person/none': 'Auf diesem Gerät hat noch niemand etwas geschrieben.',
    'person/device-unknown':
      'Dieses Gerät weiß nicht, wo jenes aufgenommen wurde. Importiere eine neuere Kopie und versuch es noch einmal.',
    'person/device-own': 'Das ist das Gerät in deinen Händen. Nimm es von einem anderen deiner Geräte aus heraus.',
    'person/not-allowed':
      'Dieses Gerät darf andere nicht herausnehmen. Nimm eines, das es darf, oder tipp deine Wiederherstellungswörter.',
    'person/exists':
      'Auf diesem Gerät hat schon jemand anderes begonnen, und dabei bleibt es. Tipp die Wörter in einem anderen Browser oder Profil.',
    'person/words-unknown':
      'Von dem Menschen mit diesen Wörtern ist auf diesem Gerät noch nichts. Importiere zuerst eine Kopie.',
    'person/words-retired': 'Diese Wörter wurden erneuert und öffnen nichts mehr. Tipp die neueren.',
    'person/behind':
      'Andere Geräte haben Neueres. Verbinde dich zuerst mit ihnen, damit nichts doppelt geschrieben wird.',
    'signer/gone': 'Der Schlüssel dieses Browsers ist weg. Tipp die Wörter in einem anderen Browser oder Profil.',
  },
})
