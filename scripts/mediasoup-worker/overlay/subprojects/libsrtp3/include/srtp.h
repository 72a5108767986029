// The part of libsrtp 3's interface that the mediasoup worker uses, over libsrtp 2.5 (Debian 12 has no libsrtp 3).
//
// What differs between the two:
// - version 3 makes a policy by calls and hands it about as a pointer; version 2 has a struct that the caller fills in;
// - version 3 protects from one buffer into another and is told how much room there is; version 2 works in place and
//   trusts the caller to have left SRTP_MAX_TRAILER_LEN (+ 4 for SRTCP) free behind the packet;
// - version 3 has two newer error codes.
// Everything else (events, profiles, init, dealloc) is the same in both and comes straight from version 2's header.
#pragma once

// Version 2's struct has the name that version 3 gives to its pointer.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Numbers as in libsrtp 3. They fit the range of version 2's enum (five bits).
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp3_policy
{
  srtp2_policy_t v2{};
  bool hasProfile{ false };
  srtp_profile_t profile{};
  // Key and salt one after the other, as version 2 wants them.
  std::array<uint8_t, SRTP_MAX_KEY_LEN> keyAndSalt{};
  bool hasKey{ false };
};

using srtp_policy_t = srtp3_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
  *policy = new (std::nothrow) srtp3_policy();

  return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
  if (policy)
  {
    // OPENSSL_cleanse would want another header; a volatile pointer keeps the compiler from dropping the writes.
    volatile uint8_t* secret = policy->keyAndSalt.data();

    for (std::size_t i = 0; i < policy->keyAndSalt.size(); ++i)
    {
      secret[i] = 0;
    }
  }

  delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
  policy->v2.ssrc = ssrc;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
  const auto rtp = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

  if (rtp != srtp_err_status_ok)
  {
    return rtp;
  }

  const auto rtcp = srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);

  if (rtcp != srtp_err_status_ok)
  {
    return rtcp;
  }

  policy->profile    = profile;
  policy->hasProfile = true;

  return srtp_err_status_ok;
}

// One key and no MKI: the worker asks for nothing else.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  std::size_t keyLen,
  const uint8_t* salt,
  std::size_t saltLen,
  const uint8_t* /*mki*/,
  std::size_t mkiLen)
{
  if (
    !policy->hasProfile || policy->hasKey || mkiLen != 0 ||
    keyLen != srtp_profile_get_master_key_length(policy->profile) ||
    saltLen != srtp_profile_get_master_salt_length(policy->profile) ||
    keyLen + saltLen > policy->keyAndSalt.size())
  {
    return srtp_err_status_bad_param;
  }

  std::memcpy(policy->keyAndSalt.data(), key, keyLen);
  std::memcpy(policy->keyAndSalt.data() + keyLen, salt, saltLen);
  policy->v2.key = policy->keyAndSalt.data();
  policy->hasKey = true;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool isAllowed)
{
  policy->v2.allow_repeat_tx = isAllowed ? 1 : 0;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, std::size_t packets)
{
  policy->v2.window_size = static_cast<unsigned long>(packets);

  return srtp_err_status_ok;
}

// An overload of version 2's function: it copies the key, so that the policy may go afterwards.
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
  if (!policy->hasKey)
  {
    return srtp_err_status_bad_param;
  }

  return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->v2));
}

namespace srtp3_over_srtp2
{
  using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

  // Copies `in` to `out` and lets `inPlace` work there. `outLen` says how much room `out` has and becomes the length of
  // the result; `growth` is the most that `inPlace` may add. `in` and `out` may be the same buffer.
  inline srtp_err_status_t convert(
    srtp_t session,
    const uint8_t* in,
    std::size_t inLen,
    uint8_t* out,
    std::size_t* outLen,
    std::size_t growth,
    InPlace inPlace)
  {
    // Far over any datagram, far under what fits version 2's int.
    constexpr std::size_t MaxLen{ 1u << 20 };

    if (inLen > MaxLen)
    {
      return srtp_err_status_bad_param;
    }

    if (*outLen < inLen + growth)
    {
      return srtp_err_status_buffer_small;
    }

    if (in != out)
    {
      std::memmove(out, in, inLen);
    }

    auto len          = static_cast<int>(inLen);
    const auto status = inPlace(session, out, &len);

    if (status == srtp_err_status_ok)
    {
      *outLen = static_cast<std::size_t>(len);
    }

    return status;
  }
} // namespace srtp3_over_srtp2

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, std::size_t rtpLen, uint8_t* srtp, std::size_t* srtpLen, std::size_t mkiIndex)
{
  if (mkiIndex != 0)
  {
    return srtp_err_status_bad_mki;
  }

  return srtp3_over_srtp2::convert(session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN, ::srtp_protect);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, std::size_t srtpLen, uint8_t* rtp, std::size_t* rtpLen)
{
  return srtp3_over_srtp2::convert(session, srtp, srtpLen, rtp, rtpLen, 0, ::srtp_unprotect);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, std::size_t rtcpLen, uint8_t* srtcp, std::size_t* srtcpLen, std::size_t mkiIndex)
{
  if (mkiIndex != 0)
  {
    return srtp_err_status_bad_mki;
  }

  return srtp3_over_srtp2::convert(
    session, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4, ::srtp_protect_rtcp);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, std::size_t srtcpLen, uint8_t* rtcp, std::size_t* rtcpLen)
{
  return srtp3_over_srtp2::convert(session, srtcp, srtcpLen, rtcp, rtcpLen, 0, ::srtp_unprotect_rtcp);
}

// `ssrc` in network byte order, as both versions want it here.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
  return srtp_remove_stream(session, ssrc);
}
