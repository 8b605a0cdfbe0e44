package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "169.254.170.2",
        "fe80::1",
        "febf::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "2002:6464:64c8::"
      })
  void link_local_and_metadata_addresses_are_forbidden(String address) {
    assertThat(AddressGuard.forbidden(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "::",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "100.100.100.201",
        "169.253.255.255",
        "8.8.8.8",
        "fec0::1",
        "fd00:ec2::253",
        "2001:db8::a9fe:a9fe",
        "64:ff9b::8.8.8.8",
        "2002:808:808::"
      })
  void all_others_are_fine(String address) {
    assertThat(AddressGuard.forbidden(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "fd00::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:a00:1::"
      })
  void addresses_of_this_machine_and_its_networks_are_inside(String address) {
    assertThat(AddressGuard.inside(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "100.63.255.255",
        "192.0.2.1",
        "2001:db8::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::"
      })
  void addresses_of_the_internet_are_not_inside(String address) {
    assertThat(AddressGuard.inside(InetAddress.ofLiteral(address))).isFalse();
  }
}
