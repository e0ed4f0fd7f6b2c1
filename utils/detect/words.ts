/**
 * The words of the second step. Text is lower case by the time it gets here. `\b` knows ASCII
 * letters only, so it stands around ASCII words alone.
 */

/** Names the thing itself: nothing else is called that. */
export const AUTHENTICATOR =
  /\bauthenticat(?:or|ion) (?:app|code|device)|\bauthenticator\b|\btotp\b|\bauthy\b|time-based|authentifizierungs-?app|authentifikator|application d.authentification|aplicación de autenticación|aplicativo autenticador|app di autenticazione|authenticatie-?app|aplikacj\S+ uwierzytelniając|приложени\S+ (?:для )?(?:аутентификац|проверки)|kimlik doğrulama uygulama|تطبيق المصادقة|認証(?:システム)?アプリ|身份验证(?:器|应用)|인증(?:기| 앱)/;

/** A code for a second step, whoever delivers it. */
export const ONE_TIME_CODE =
  /\botp\b|\btotp\b|\bmfa\b|\b2fa\b|\btfa\b|\btwo ?fa\b|\bone[- ]?time[- ]?(?:code|pass|pin)|two[- ](?:factor|step)|multi[- ]?factor|2[- ]step|second[- ]factor|verification[- ]code|authentication[- ]code|auth[- ]code|security[- ]code|login[- ]code|sign[- ]?in[- ]code|6[- ]digit|six[- ]digit|bestätigungscode|sicherheitscode|einmal(?:code|passwort|kennwort)|zwei-?faktor|code de (?:vérification|sécurité|validation)|double authentification|código de (?:verificación|seguridad|verificação|segurança)|doble factor|dos factores|dois fatores|duas etapas|codice di (?:verifica|sicurezza)|due fattori|verificatiecode|beveiligingscode|tweestaps|kod weryfikacyjny|dwuskładnikow|код подтверждения|код безопасности|одноразовый|двухфакторн|двухэтапн|doğrulama kodu|güvenlik kodu|iki faktörlü|iki adımlı|رمز التحقق|رمز الأمان|المصادقة الثنائية|確認コード|認証コード|ワンタイム|二段階|2段階|验证码|驗證碼|动态(?:密码|口令)|两步验证|双重验证|인증 ?코드|인증 ?번호|확인 ?코드|일회용|2단계/;

/** As a word of an attribute: `otp`, `mfaCode`, `verification_code`. */
export const ATTRIBUTE_STRONG =
  /\b(?:otp|totp|mfa|2fa|tfa|two ?fa|two ?factor|authenticator|one ?time(?: ?code| ?password)?|passcode|verification ?code|auth(?:entication)? ?code|second ?factor|token ?code|otc)\b/;
export const ATTRIBUTE_WEAK = /\b(?:code|pin|token|verify|verification|digit|challenge)\d*\b/;

/** Codes of other kinds, and other things asked for in the same kind of box. */
export const OTHER_CODE =
  /\b(?:coupons?|promo(?:tion(?:al)?)?|vouchers?|gift|discount|referral|invit(?:e|ation)|zip|postal|post ?code|postcode|cvv|cvc|csc|card|captcha|country code|area code|dial code|phone|mobile number|tel|order|invoice|tracking|serial|licen[cs]e|product key|activation key|meeting|room|game|sort code|swift|iban|tax|vat|source code|error code|qr code|bar ?code|search|quantity|amount|birth|expiry|username|e-?mail address)\b|gutschein|rabatt|geschenk|postleitzahl|\bplz\b|code postal|cupón|código postal|cep\b|codice postale|kortingscode|postcode|kod pocztowy|промокод|почтовый индекс|posta kodu|الرمز البريدي|郵便番号|クーポン|邮政编码|优惠|우편번호|쿠폰/;

export const RECOVERY =
  /\b(?:recovery|backup|back-up|scratch|emergency) (?:code|key|pass)|\b(?:recovery|backup) ?code|wiederherstellungs(?:code|schlüssel)|code de (?:secours|récupération)|código de (?:recuperación|respaldo|recuperação)|codice di (?:recupero|backup)|herstelcode|kod odzyskiwania|код восстановления|резервный код|kurtarma kodu|رمز الاسترداد|回復コード|リカバリーコード|恢复代码|恢复码|복구 ?코드/;

export const SMS =
  /\bsms\b|text message|\btexted\b|sent (?:a |you a |the )?(?:\S+ ){0,4}to (?:your )?(?:phone|mobile)|phone (?:number )?ending|number ending|(?:to|at) (?:\+?[\d(*x•.-][\d\s()*x•.-]{3,}\d{2})\b|textnachricht|handynummer|per sms|message texte|mensaje de texto|mensagem de texto|messaggio di testo|sms-?bericht|wiadomoś\S+ sms|смс|kısa mesaj|رسالة نصية|テキストメッセージ|ショートメッセージ|短信|簡訊|문자 ?메시지/;

export const EMAIL =
  /(?:sent|emailed|e-mailed) (?:\S+ ){0,6}(?:e-?mail|inbox|\S+@\S+)|\bcheck your (?:e-?mail|inbox)|(?:e-?mail|emailed) (?:verification |security |login )?code|code (?:\S+ ){0,3}(?:by|via|from (?:the|your)) e-?mail|to \S*[*•]\S*@\S+|per e-?mail|par e-?mail|por correo|por e-?mail|via e-?mail|e-?mailem|по (?:электронной почте|e-?mail)|e-?postanı|e-posta (?:ile|adres)|البريد الإلكتروني|メールで|メールに|電子メール|邮箱|邮件|電子郵件|이메일/;

export const PUSH =
  /approve (?:the|this|your) (?:\S+ ){0,3}(?:request|notification|sign-?in|login)|push notification|tap (?:yes|approve)|we sent a notification/;
