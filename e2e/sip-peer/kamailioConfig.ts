export interface KamailioTls {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly authorityFile: string;
}

export interface KamailioSetUp {
  readonly port: number;
  /** Where calls to telephone numbers go on to. */
  readonly telephonePort: number;
  readonly realm: string;
  readonly userName: string;
  readonly password: string;
  readonly digest: 'MD5' | 'SHA-256';
  /** It speaks TLS, at the port after `port`, with those only who show a certificate from this authority. */
  readonly tls: KamailioTls | null;
  /** It lets nobody be registered for longer, in seconds. */
  readonly maxExpires: number;
}

const modules = [
  ...['tm', 'sl', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'xlog', 'usrloc', 'registrar', 'auth', 'nathelper'],
].map((name) => `loadmodule "${name}.so"`);

/**
 * A trunk as providers build it: a registrar and a record-routing proxy in one, with digest for registrations and calls
 * (https://www.kamailio.org/wikidocs/cookbooks/5.6.x/core/). Each line that it prints about a request begins with `SEEN`.
 */
export function kamailioConfig(setUp: KamailioSetUp): string {
  const { port, telephonePort, realm, userName, password, digest, maxExpires, tls } = setUp;
  return `#!KAMAILIO
debug=2
log_stderror=yes
children=1
tcp_children=1
auto_aliases=no
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port}
${tls ? `enable_tls=yes\nlisten=tls:127.0.0.1:${port + 1}\n` : ''}
${modules.join('\n')}
${tls ? tlsLines(tls) : ''}
modparam("auth", "algorithm", "${digest}")
modparam("auth", "qop", "auth")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_expires", ${maxExpires})
modparam("registrar", "min_expires", 0)
modparam("rr", "enable_full_lr", 1)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }

  if (has_totag()) {
    xlog("L_NOTICE", "SEEN $rm inside from $sp\\n");
    # Back over the connection that the caller opened (RFC 5923 has the same idea).
    if (loose_route()) { handle_ruri_alias(); t_relay(); exit; }
    if (is_method("ACK") && t_check_trans()) { t_relay(); exit; }
    sl_send_reply("404", "Not here");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  t_check_trans();

  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("${realm}", "${password}", "0") || $au != "${userName}") { www_challenge("${realm}", "1"); exit; }
    save("location");
    xlog("L_NOTICE", "SEEN REGISTER of $tU for $hdr(Expires)\\n");
    exit;
  }

  if (is_method("INVITE")) {
    record_route();
    if ($sp == ${telephonePort}) {
      # From the telephone network: to whoever has registered.
      $rU = "${userName}";
      if (!lookup("location")) { sl_send_reply("404", "Nobody is registered"); exit; }
      xlog("L_NOTICE", "SEEN INVITE to $ru\\n");
      t_relay();
      exit;
    }
    if (!pv_proxy_authenticate("${realm}", "${password}", "0") || $au != "${userName}") { proxy_challenge("${realm}", "1"); exit; }
    consume_credentials();
    set_contact_alias();
    xlog("L_NOTICE", "SEEN INVITE of $fU for $rU\\n");
    $du = "sip:127.0.0.1:${telephonePort}";
    t_relay();
    exit;
  }
  sl_send_reply("405", "Method Not Allowed");
}
`;
}

function tlsLines({ certificateFile, keyFile, authorityFile }: KamailioTls): string {
  return [
    'loadmodule "tls.so"',
    `modparam("tls", "certificate", "${certificateFile}")`,
    `modparam("tls", "private_key", "${keyFile}")`,
    `modparam("tls", "ca_list", "${authorityFile}")`,
    'modparam("tls", "tls_method", "TLSv1.2+")',
    'modparam("tls", "verify_certificate", 1)',
    'modparam("tls", "require_certificate", 1)',
  ].join('\n');
}
