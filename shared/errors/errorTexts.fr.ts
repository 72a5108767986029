import type { ErrorCode } from './errorTable.ts';

/** French, as errorTexts.en.ts. */
export const errorTextsFr = {
  badRequest: 'La demande n’a pas pu être comprise : {{detail}}.',
  tooLarge: 'C’est trop volumineux : {{limit}} au maximum.',
  unknownMessage:
    'Ce serveur ne connaît pas le message « {{detail}} ». Rechargez la page pour obtenir la version actuelle.',
  unsupportedVersion: 'Cette page n’a pas la même version que le serveur. Rechargez-la.',
  unauthenticated: 'Veuillez vous connecter.',
  sessionExpired: 'Votre session est terminée. Veuillez vous reconnecter.',
  wrongCredentials: 'Le nom d’utilisateur ou le mot de passe n’est pas correct.',
  signInLinkUsed: 'Ce lien de connexion a déjà servi ou est trop ancien. Connectez-vous avec votre mot de passe.',
  tooManyAttempts: 'Trop de tentatives. Attendez un instant et réessayez.',
  forbidden: 'Votre compte ne permet pas cela. Adressez-vous à la personne qui gère ce service téléphonique.',
  notFound: 'Ceci n’existe pas (ou plus) ici.',
  conflict: 'Ceci a été modifié ailleurs entre-temps. Regardez la nouvelle version et refaites votre modification.',
  notAPhoneNumber:
    '« {{number}} » n’est pas un numéro de téléphone complet. Vérifiez les chiffres ; pour l’étranger, commencez par + et l’indicatif du pays.',
  noRuleAllows:
    'Votre compte ne peut pas appeler {{number}}. Demandez l’autorisation à la personne qui gère ce service téléphonique.',
  ruleDenies:
    'Les appels vers {{number}} sont bloqués pour votre compte. Adressez-vous à la personne qui gère ce service téléphonique.',
  emergencyNotServed: 'Les numéros d’urgence ne peuvent pas être appelés d’ici. Utilisez un téléphone.',
  tokenInvalid:
    'La connexion de l’application à ce téléphone n’a pas pu servir ({{detail}}). Rechargez la page ; si cela persiste, prévenez les responsables de l’application.',
  embedKeyInvalid: 'Ce téléphone n’est plus en service. Prévenez les responsables de cette page.',
  originNotAllowed: 'Ce téléphone ne peut pas être utilisé sur cette page. Prévenez les responsables de cette page.',
  accountDisabled: 'Votre compte est désactivé. Adressez-vous à la personne qui gère ce service téléphonique.',
  signedOutEverywhere: 'Vous avez été déconnecté sur tous les appareils. Veuillez vous reconnecter.',
  featureOff: 'Ceci ne fait pas partie de votre service téléphonique.',
  nameTaken: '{{name}} est déjà pris. Choisissez autre chose.',
  inUse: 'Ceci sert encore à {{by}}. Modifiez d’abord cela.',
  lastOperator: 'C’est le dernier compte d’opérateur : quelqu’un doit pouvoir gérer le service téléphonique.',
  invalidSetting: '{{key}} : {{expected}}.',
  destinationNotAllowed: '{{number}} ne peut pas être appelé depuis cette page.',
  highRiskNumber:
    '{{number}} est un numéro spécial cher (surtaxé ou par satellite) et il est bloqué. Adressez-vous à la personne qui gère ce service téléphonique si vous en avez besoin.',
  outsideHours: '{{number}} ne peut être appelé qu’à certaines heures, et pas maintenant.',
  callsAtOnceReached: 'Il y a déjà autant d’appels simultanés que permis. Réessayez quand l’un d’eux sera terminé.',
  callRateReached: 'Il y a eu trop d’appels en peu de temps. Attendez un instant, s’il vous plaît.',
  dailyMinutesReached: 'Le temps d’appel pour aujourd’hui est épuisé.',
  dailyCostReached: 'Le crédit d’appel pour aujourd’hui est épuisé.',
  maxDurationReached: 'La durée maximale d’un appel est atteinte.',
  noRateForNumber:
    '{{number}} ne peut pas être appelé : son prix n’est pas connu. Adressez-vous à la personne qui gère ce service téléphonique.',
  callerNumberNotAllowed:
    'Vous ne pouvez pas afficher {{number}} comme votre numéro. Choisissez-en un autre dans les réglages.',
  allLinesBusy: 'Toutes les lignes vers {{number}} sont occupées. Réessayez dans un instant.',
  callTaken: 'Quelqu’un d’autre a déjà pris cet appel.',
  noGatewayForNumber: 'Aucun chemin ne mène d’ici à {{number}} : aucune passerelle ne dessert ce numéro.',
  gatewayUnreachable: 'Le réseau téléphonique est injoignable pour le moment. Réessayez dans un instant.',
  callNotFound: 'Cet appel n’existe plus.',
  callEnded: 'Cet appel est déjà terminé.',
  notEstablished: 'Ceci n’est possible que pendant la conversation.',
  holdRefused: 'Le réseau téléphonique de l’autre partie ne permet pas de mettre cet appel en attente.',
  transferFailed: 'L’appel n’a pas pu être transféré à {{number}}. Il est toujours chez vous.',
  resumeKeyInvalid: 'Ce lien vers l’appel a déjà servi ou est trop ancien.',
  deviceGone: 'Cet appareil n’est plus connecté.',
  endedByOperator: 'La personne qui gère ce service téléphonique a mis fin à l’appel.',
  gatewayLost: 'La connexion avec l’autre partie a été perdue.',
  badOffer:
    'L’audio de votre navigateur n’a pas pu être utilisé ({{detail}}). Rechargez la page ou essayez un autre navigateur.',
  noCommonCodec: 'Votre navigateur et le réseau téléphonique n’ont aucun format audio en commun.',
  mediaUnavailable: 'Le service audio n’a pas de place pour un autre appel en ce moment. Réessayez dans un instant.',
  mediaLost: 'La liaison audio a été perdue.',
  clientLost: 'La liaison avec votre navigateur a été perdue trop longtemps.',
  gatewayProtocol: 'Le réseau téléphonique a donné une réponse inutilisable.',
  requestTimeout: 'Le serveur n’a pas répondu à temps. Vérifiez votre connexion et réessayez.',
  goingAway: 'Le serveur redémarre. Réessayez dans un instant.',
  notSaved:
    'L’enregistrement a échoué : le service téléphonique ne peut rien écrire pour le moment. Réessayez plus tard et prévenez la personne qui le gère que le disque est peut-être plein.',
  internal:
    'Quelque chose s’est mal passé de notre côté. Réessayez ; si cela persiste, prévenez la personne qui gère ce service téléphonique.',
} as const satisfies Record<ErrorCode, string>;
