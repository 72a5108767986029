import type { ErrorCode } from './errorTable.ts';

/** German, as errorTexts.en.ts. */
export const errorTextsDe = {
  badRequest: 'Die Anfrage war nicht zu verstehen: {{detail}}.',
  tooLarge: 'Das ist zu groß: höchstens {{limit}} sind möglich.',
  unknownMessage:
    'Der Server kennt die Nachricht „{{detail}}“ nicht. Laden Sie die Seite neu, um die aktuelle Fassung zu bekommen.',
  unsupportedVersion: 'Diese Seite hat eine andere Version als der Server. Laden Sie sie neu.',
  unauthenticated: 'Bitte melden Sie sich an.',
  sessionExpired: 'Ihre Sitzung ist beendet. Bitte melden Sie sich wieder an.',
  wrongCredentials: 'Der Benutzername oder das Passwort stimmt nicht.',
  signInLinkUsed: 'Dieser Anmeldelink wurde schon benutzt oder ist zu alt. Melden Sie sich mit Ihrem Passwort an.',
  tooManyAttempts: 'Zu viele Versuche. Bitte warten Sie einen Moment und versuchen Sie es noch einmal.',
  forbidden: 'Ihr Konto darf das nicht. Fragen Sie, wer diesen Telefondienst betreibt.',
  notFound: 'Das gibt es hier nicht (mehr).',
  conflict: 'Das wurde inzwischen an anderer Stelle geändert. Sehen Sie es sich an und wiederholen Sie Ihre Änderung.',
  notAPhoneNumber:
    '„{{number}}“ ist keine vollständige Telefonnummer. Prüfen Sie die Ziffern; ins Ausland beginnen Sie mit + und der Landesvorwahl.',
  noRuleAllows:
    'Ihr Konto darf {{number}} nicht anrufen. Fragen Sie, wer diesen Telefondienst betreibt, ob es erlaubt werden kann.',
  ruleDenies: 'Anrufe bei {{number}} sind für Ihr Konto gesperrt. Fragen Sie, wer diesen Telefondienst betreibt.',
  emergencyNotServed: 'Notrufnummern sind von hier aus nicht erreichbar. Nehmen Sie ein Telefon.',
  tokenInvalid:
    'Die Anmeldung der Anwendung bei diesem Telefon war nicht zu gebrauchen ({{detail}}). Laden Sie die Seite neu; bleibt es dabei, sagen Sie es dem Betreiber der Anwendung.',
  embedKeyInvalid: 'Dieses Telefon ist nicht mehr in Betrieb. Sagen Sie es dem Betreiber dieser Seite.',
  originNotAllowed:
    'Dieses Telefon darf auf dieser Seite nicht benutzt werden. Sagen Sie es dem Betreiber dieser Seite.',
  accountDisabled: 'Ihr Konto ist abgeschaltet. Fragen Sie, wer diesen Telefondienst betreibt.',
  signedOutEverywhere: 'Sie wurden auf allen Geräten abgemeldet. Bitte melden Sie sich wieder an.',
  featureOff: 'Das gehört nicht zu Ihrem Telefondienst.',
  nameTaken: '{{name}} ist schon vergeben. Wählen Sie etwas anderes.',
  inUse: 'Das wird noch benutzt: {{by}}. Ändern Sie zuerst das.',
  lastOperator:
    'Das ist die letzte Betreiberin oder der letzte Betreiber: Jemand muss den Telefondienst verwalten können.',
  invalidSetting: '{{key}}: {{expected}}.',
  destinationNotAllowed: '{{number}} ist von dieser Seite aus nicht erreichbar.',
  highRiskNumber:
    '{{number}} ist eine teure Sondernummer (Mehrwertdienst oder Satellit) und gesperrt. Fragen Sie, wer diesen Telefondienst betreibt, wenn Sie sie brauchen.',
  outsideHours: '{{number}} ist nur zu bestimmten Zeiten erreichbar, jetzt nicht.',
  callsAtOnceReached:
    'Es laufen schon so viele Anrufe gleichzeitig, wie erlaubt sind. Versuchen Sie es, wenn einer zu Ende ist.',
  callRateReached: 'Das waren zu viele Anrufe in kurzer Zeit. Bitte warten Sie einen Moment.',
  dailyMinutesReached: 'Die Gesprächszeit für heute ist verbraucht.',
  dailyCostReached: 'Das Guthaben für heute ist verbraucht.',
  maxDurationReached: 'Die längste Dauer für einen Anruf ist erreicht.',
  noRateForNumber:
    '{{number}} kann nicht angerufen werden: Der Preis ist nicht bekannt. Fragen Sie, wer diesen Telefondienst betreibt.',
  callerNumberNotAllowed:
    'Sie dürfen {{number}} nicht als Ihre Nummer zeigen. Wählen Sie in den Einstellungen eine andere.',
  allLinesBusy: 'Alle Leitungen zu {{number}} sind belegt. Versuchen Sie es gleich noch einmal.',
  callTaken: 'Diesen Anruf hat schon jemand anders angenommen.',
  noGatewayForNumber: 'Von hier führt kein Weg zu {{number}}: Kein Gateway bedient diese Nummer.',
  gatewayUnreachable: 'Das Telefonnetz ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  callNotFound: 'Diesen Anruf gibt es nicht mehr.',
  callEnded: 'Dieser Anruf ist schon beendet.',
  notEstablished: 'Das geht nur während des Gesprächs.',
  holdRefused: 'Das Telefonnetz der anderen Seite lässt das Halten dieses Gesprächs nicht zu.',
  transferFailed: 'Das Gespräch konnte nicht an {{number}} weitergegeben werden. Sie haben es noch.',
  resumeKeyInvalid: 'Dieser Link zum Gespräch wurde schon benutzt oder ist zu alt.',
  deviceGone: 'Dieses Gerät ist nicht mehr verbunden.',
  endedByOperator: 'Der Betreiber dieses Telefondienstes hat den Anruf beendet.',
  gatewayLost: 'Die Verbindung zur anderen Seite ist abgerissen.',
  badOffer:
    'Mit den Tonangaben Ihres Browsers war nichts anzufangen ({{detail}}). Laden Sie die Seite neu oder nehmen Sie einen anderen Browser.',
  noCommonCodec: 'Ihr Browser und das Telefonnetz haben kein gemeinsames Tonformat.',
  mediaUnavailable:
    'Der Tondienst hat gerade keinen Platz für einen weiteren Anruf. Versuchen Sie es gleich noch einmal.',
  mediaLost: 'Die Tonverbindung ging verloren.',
  clientLost: 'Die Verbindung zu Ihrem Browser war zu lange unterbrochen.',
  gatewayProtocol: 'Das Telefonnetz hat eine Antwort gegeben, mit der nichts anzufangen war.',
  requestTimeout:
    'Der Server hat nicht rechtzeitig geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  goingAway: 'Der Server startet neu. Versuchen Sie es gleich noch einmal.',
  notSaved:
    'Das konnte nicht gespeichert werden: Der Telefondienst kann gerade nichts schreiben. Versuchen Sie es später noch einmal, und sagen Sie dem Betreiber, dass der Datenträger voll sein könnte.',
  internal:
    'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es dem Betreiber dieses Telefondienstes.',
} as const satisfies Record<ErrorCode, string>;
