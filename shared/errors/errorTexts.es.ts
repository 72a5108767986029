import type { ErrorCode } from './errorTable.ts';

/** Spanish, as errorTexts.en.ts. */
export const errorTextsEs = {
  badRequest: 'No se pudo entender la petición: {{detail}}.',
  tooLarge: 'Es demasiado grande: se admiten como máximo {{limit}}.',
  unknownMessage: 'Este servidor no conoce el mensaje «{{detail}}». Recargue la página para obtener la versión actual.',
  unsupportedVersion: 'Esta página es de otra versión que el servidor. Recárguela.',
  unauthenticated: 'Inicie sesión, por favor.',
  sessionExpired: 'Su sesión ha terminado. Inicie sesión de nuevo, por favor.',
  wrongCredentials: 'El nombre de usuario o la contraseña no son correctos.',
  signInLinkUsed: 'Este enlace de acceso ya se usó o es demasiado antiguo. Inicie sesión con su contraseña.',
  tooManyAttempts: 'Demasiados intentos. Espere un momento y vuelva a intentarlo.',
  forbidden: 'Su cuenta no puede hacer esto. Pregunte a quien administra este servicio telefónico.',
  notFound: 'Esto no está aquí (o ya no).',
  conflict: 'Esto se cambió entretanto en otro lugar. Revíselo y repita su cambio.',
  notAPhoneNumber:
    '«{{number}}» no es un número de teléfono completo. Compruebe las cifras; para el extranjero, empiece con + y el prefijo del país.',
  noRuleAllows: 'Su cuenta no puede llamar a {{number}}. Pida permiso a quien administra este servicio telefónico.',
  ruleDenies:
    'Las llamadas a {{number}} están bloqueadas para su cuenta. Pregunte a quien administra este servicio telefónico.',
  emergencyNotServed: 'Desde aquí no se puede llamar a los números de emergencia. Use un teléfono.',
  tokenInvalid:
    'No se pudo usar el acceso de la aplicación a este teléfono ({{detail}}). Recargue la página; si sigue así, avise a los responsables de la aplicación.',
  embedKeyInvalid: 'Este teléfono ya no está en uso. Avise a los responsables de esta página.',
  originNotAllowed: 'Este teléfono no se puede usar en esta página. Avise a los responsables de esta página.',
  accountDisabled: 'Su cuenta está desactivada. Pregunte a quien administra este servicio telefónico.',
  signedOutEverywhere: 'Se ha cerrado su sesión en todos los dispositivos. Inicie sesión de nuevo, por favor.',
  featureOff: 'Esto no forma parte de su servicio telefónico.',
  nameTaken: '{{name}} ya está ocupado. Elija otro.',
  inUse: 'Todavía se usa en {{by}}. Cambie eso primero.',
  lastOperator: 'Es la última persona que opera el servicio: alguien tiene que poder administrarlo.',
  invalidSetting: '{{key}}: {{expected}}.',
  destinationNotAllowed: 'Desde esta página no se puede llamar a {{number}}.',
  highRiskNumber:
    '{{number}} es un número especial caro (de tarificación adicional o por satélite) y está bloqueado. Pregunte a quien administra este servicio telefónico si lo necesita.',
  outsideHours: 'A {{number}} solo se puede llamar a ciertas horas, y ahora no.',
  callsAtOnceReached: 'Ya hay tantas llamadas a la vez como están permitidas. Vuelva a intentarlo cuando termine una.',
  callRateReached: 'Fueron demasiadas llamadas en poco tiempo. Espere un momento, por favor.',
  dailyMinutesReached: 'El tiempo de llamadas de hoy se ha agotado.',
  dailyCostReached: 'El saldo de llamadas de hoy se ha agotado.',
  maxDurationReached: 'Se alcanzó la duración máxima de una llamada.',
  noRateForNumber:
    'No se puede llamar a {{number}}: no se conoce su precio. Pregunte a quien administra este servicio telefónico.',
  callerNumberNotAllowed: 'No puede mostrar {{number}} como su número. Elija otro en los ajustes.',
  allLinesBusy: 'Todas las líneas hacia {{number}} están ocupadas. Inténtelo de nuevo en un momento.',
  callTaken: 'Otra persona ya ha atendido esta llamada.',
  noGatewayForNumber: 'Desde aquí no hay camino a {{number}}: ninguna pasarela atiende este número.',
  gatewayUnreachable: 'Ahora mismo no se puede acceder a la red telefónica. Vuelva a intentarlo en un momento.',
  callNotFound: 'Esta llamada ya no está.',
  callEnded: 'Esta llamada ya ha terminado.',
  notEstablished: 'Esto solo se puede hacer mientras habla.',
  badOffer: 'No se pudo usar el audio de su navegador ({{detail}}). Recargue la página o pruebe otro navegador.',
  noCommonCodec: 'Su navegador y la red telefónica no tienen ningún formato de audio en común.',
  mediaUnavailable:
    'El servicio de audio no tiene sitio para otra llamada en este momento. Vuelva a intentarlo en un momento.',
  mediaLost: 'Se perdió la conexión de audio.',
  clientLost: 'La conexión con su navegador estuvo perdida demasiado tiempo.',
  gatewayProtocol: 'La red telefónica dio una respuesta que no se pudo usar.',
  requestTimeout: 'El servidor no respondió a tiempo. Compruebe su conexión y vuelva a intentarlo.',
  goingAway: 'El servidor se está reiniciando. Vuelva a intentarlo en un momento.',
  internal:
    'Algo falló de nuestro lado. Vuelva a intentarlo; si sigue así, avise a quien administra este servicio telefónico.',
} as const satisfies Record<ErrorCode, string>;
