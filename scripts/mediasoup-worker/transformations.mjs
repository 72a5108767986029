/**
 * What is changed in the copy of the worker's source before it is built. Each entry replaces one text by another and
 * says why; a text that isn't there exactly once means that mediasoup has moved on and that the entry must be looked at.
 */
export const transformations = [
  {
    file: 'meson.build',
    why: 'Debian 12 has meson 1.0.1, which builds the worker as well as 1.1 does',
    from: "meson_version: '>= 1.1.0'",
    to: "meson_version: '>= 1.0.1'",
  },
  {
    // Without this the worker dies at the first DTLS handshake: BIO_CB_RETURN is a bit beside the operation, so the
    // comparison is never true and the callback answers 1 for everything. With a libssl that knows kernel TLS (Debian's),
    // libssl then takes the answer 1 to its control call for "kernel TLS is on" (BIO_set_callback_ex(3)).
    file: 'src/RTC/DtlsTransport.cpp',
    why: 'the BIO callback must hand on what the operation returned',
    from: '(operationType == BIO_CB_RETURN) ?',
    to: '((operationType & BIO_CB_RETURN) != 0) ?',
  },
];

/**
 * Throws when `from` isn't in the text exactly once.
 *
 * @param {string} text
 * @param {{ file: string, why: string, from: string, to: string }} transformation
 */
export function applyTransformation(text, { file, why, from, to }) {
  const found = text.split(from).length - 1;
  if (found !== 1) {
    throw new Error(`Expected one "${from}" in the mediasoup worker's ${file} but found ${found} (${why}).`);
  }
  return text.replace(from, () => to);
}
