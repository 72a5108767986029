// The names of ankerl::unordered_dense that the mediasoup worker uses, as aliases of the standard containers.
// The worker relies on nothing that only the original has (contiguous values, extract); should a later version do so,
// compiling stops here.
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
  template<typename Key>
  using hash = std::hash<Key>;

  template<typename Key, typename Value, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
  using map = std::unordered_map<Key, Value, Hash, Equal>;

  template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
  using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense
