import type { Format } from '../format.ts'
import type { InviteMessages } from '../invites.ts'

export const invites = (format: Format): InviteMessages => ({
  invite: 'Einladen',
  title: (group) => `In ${group} einladen`,
  living: 'Einladungen',
  make: {
    role: 'Dabei als',
    uses: 'Für wie viele',
    usesOf: (count) =>
      count === 1 ? 'Ein Mensch' : `Etwa ${format.plural(count, { one: 'ein Mensch', other: '{n} Menschen' })}`,
    span: 'Wie lange',
    spans: { day: 'Einen Tag', fortnight: 'Zwei Wochen', season: 'Drei Monate' },
    unasked:
      'Wer damit ein Mitglied trifft, wird vom ersten Gerät Zuständiger aufgenommen, das vorbeikommt, und niemand wird gefragt.',
    asked: 'Wer damit anklopft, wartet unter „Möchten dazu“, bis Zuständige aufnehmen.',
    meets:
      'Der Link trägt keine Daten. Das andere Gerät muss eines der Gruppe treffen: mit Code, über einen Knoten oder was sie sonst verbindet.',
    make: 'Einladung machen',
    making: 'Wird gemacht…',
  },
  one: {
    as: (role) => `Rolle: ${role}`,
    used: (used, uses) => `${format.number(used)} von ${format.number(uses)} dazugekommen`,
    until: (when) => `bis ${when}`,
    byYou: 'von dir',
    by: (name) => `von ${name}`,
    hand: 'Lass es abfotografieren oder sende den Link. Wer ihn hat, kann damit anklopfen.',
    elsewhere:
      'Den Link zeigt nur das Gerät, das ihn gemacht hat: Das Geheimnis darin hat es nie verlassen. Mach eine neue Einladung, um von hier einzuladen.',
    usedUp: 'So viele, wie sie gelten sollte, sind dazugekommen.',
    withdraw: 'Zurückziehen',
    withdrawText: 'Damit kommt niemand mehr herein, sobald die anderen davon hören. Wer dabei ist, bleibt dabei.',
    withdrawn: 'Zurückgezogen.',
    really: 'Ja, zurückziehen',
    rather: 'Lieber nicht',
  },
  knocked: {
    calls: (name) => `Nennt sich „${name}“`,
    unchecked: 'Den Namen hat niemand geprüft. Über welchen Link die Bitte kam, ist bewiesen.',
    unnamed: 'Ohne Namen, oder er ist auf diesem Gerät nicht zu lesen. Über welchen Link die Bitte kam, ist bewiesen.',
    byOwn: (role) => `Über deine Einladung, Rolle: ${role}`,
    by: (role, name) => `Über eine Einladung von ${name}, Rolle: ${role}`,
    withdrawn: 'Diese Einladung wurde seitdem zurückgezogen.',
  },
  join: {
    title: (group) => `Zu ${group} dazukommen`,
    unnamed: 'einer Gruppe',
    says: (group, inviter) =>
      inviter === '' ? `Du bist zu ${group} eingeladen.` : `${inviter} lädt dich zu ${group} ein.`,
    members: (count) =>
      format.plural(count, { one: 'Ein Mensch darin', other: '{n} Menschen darin', zero: 'Niemand darin' }),
    until: (when) => `Offen bis ${when}`,
    claims: 'All das sagt der Link. Was davon stimmt, siehst du, wenn du dabei bist.',
    name: 'Wie sie dich nennen',
    nameHint: 'Erfahren die Zuständigen der Gruppe, versiegelt mit dem Link. Darf leer bleiben.',
    what: 'Die Bitte wird mit deinen Schlüsseln unterschrieben. Jedes Mitglied, das dieses Gerät trifft, bewahrt sie und gibt sie an Zuständige weiter.',
    hints: (hosts) =>
      `Der Link nennt ${format.list(hosts)}. Mit der Bitte verbindet sich dieses Gerät damit, und seine Adresse ist dort zu sehen.`,
    ask: 'Um einen Platz bitten',
    asking: 'Wird gebeten…',
    expired: 'Diese Einladung ist vorbei',
    expiredText: (when) =>
      `Sie war offen bis ${when}, nach der Uhr dieses Geräts. Lass dir eine neue geben, oder stell die Uhr richtig.`,
  },
  place: {
    short: {
      looking: 'Sucht ein Mitglied',
      kept: 'Dein Platz ist vorgemerkt',
      'let-in': 'Du bist aufgenommen',
      'getting-keys': 'Holt die Schlüssel',
      here: 'Du bist dabei',
      refused: 'Die Einladung wirkt nicht',
      'wrong-group': 'Nicht die Gruppe des Links',
    },
    looking: 'Noch hat niemand deine Bitte.',
    lookingText:
      'Triff ein Mitglied der Gruppe: haltet die Telefone aneinander, oder schickt euch einen Code. Wenn ihr einen Knoten oder eine Sammlung teilt, geht es von selbst, sobald beide verbunden sind.',
    kept: (count) =>
      `Dein Platz ist vorgemerkt, auf ${format.plural(count, { one: 'einem Gerät', other: '{n} Geräten' })}.`,
    keptText:
      'Die ersten Zuständigen, die vorbeikommen, nehmen dich auf oder werden gefragt. Du kannst die App schließen: Dieses Gerät macht von selbst weiter, wenn sie wieder offen ist.',
    keptLate: 'Die Zeit der Einladung ist um, also müssen Zuständige dich von Hand aufnehmen.',
    letIn: (name) => (name === '' ? 'Du bist aufgenommen.' : `${name} hat dich aufgenommen.`),
    letInText: 'Die Gruppe kommt gerade herein.',
    gettingKeys: 'Die Schlüssel kommen noch.',
    gettingKeysText: 'Jedes Mitglied kann sie weitergeben.',
    here: 'Du bist dabei.',
    hereText: 'Die Gruppe ist auf diesem Gerät.',
    open: 'Gruppe öffnen',
    refused: {
      withdrawn: 'Die Einladung wurde zurückgezogen.',
      expired: 'Die Zeit der Einladung ist um.',
      'used-up': 'So viele, wie die Einladung gelten sollte, sind dazugekommen.',
      full: 'Unter dieser Einladung werden keine Bitten mehr bewahrt.',
    },
    refusedText: 'Lass dir von dort, woher sie kam, eine neue geben.',
    wrongGroup: 'Gefunden wurde nicht die Gruppe des Links.',
    wrongGroupText:
      'Der Link ist falsch gemacht, oder jemand greift ein. Lass ihn dir noch einmal geben, von jemandem, den du kennst.',
    drop: 'Nicht mehr bitten',
    dropped: 'Es wird nicht mehr gebeten. Wer deine Bitte hat, behält sie.',
    list: 'Erbeten',
  },
})
