package dev.peerhost.room;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.validation.annotation.Validated;

/** Makes the rooms known to the application. */
@AutoConfiguration
@EnableConfigurationProperties(RoomConfiguration.RoomProperties.class)
class RoomConfiguration {

    /**
     * {@code peerhost.room.*}.
     *
     * @param capacity how many browsers a room holds, 1 to 1,000; the server's own peer does not count
     */
    @Validated
    @ConfigurationProperties("peerhost.room")
    record RoomProperties(
            @DefaultValue("32") @Min(1) @Max(1000) int capacity) {}

    @Bean
    Rooms peerhostRooms(RoomProperties properties, ObjectProvider<RoomListener> listeners) {
        return new Rooms(properties.capacity(), listeners.orderedStream().toList());
    }
}
